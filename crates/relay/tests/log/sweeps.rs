use relay::log::{EventLog, NewEvent, Retention};

use crate::made::{DAY, NOW, acked, add_shop, append, contents, event, event_at, pair, public_key};

const KEEP: Retention = Retention::DEFAULT;

async fn what_all_have_goes_two_weeks_later(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (front, back) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    append(log, &[event(&shop, "1"), event(&shop, "2"), event(&shop, "3")]).await;
    acked(log, &front, 3).await;
    log.sweep(KEEP, NOW).await.unwrap();
    assert_eq!(
        log.sweep(KEEP, NOW + 20 * DAY).await,
        Ok(0),
        "one counter has read nothing"
    );

    acked(log, &back, 2).await;
    let since = NOW + 21 * DAY;
    assert_eq!(
        log.sweep(KEEP, since).await,
        Ok(0),
        "all have two of them since now"
    );
    assert_eq!(
        log.sweep(KEEP, since + 14 * DAY - 1).await,
        Ok(0),
        "not yet two weeks"
    );
    assert_eq!(log.sweep(KEEP, since + 14 * DAY).await, Ok(2), "two weeks");
    let page = log.read(&shop.id, 0, 10).await.unwrap();
    assert_eq!(
        (page.newest, page.dropped_through),
        (3, 2),
        "how many went is kept for ever"
    );
    assert_eq!(contents(log, &shop, 0).await, ["3"], "what one has not, stays");
    assert_eq!(append(log, &[event(&shop, "4")]).await[0].seq, 4, "places go on");
}

async fn a_revoked_counter_holds_nothing_back(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (front, back) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    append(log, &[event(&shop, "1")]).await;
    acked(log, &front, 1).await;
    log.revoke(&back.id).await.unwrap();
    log.sweep(KEEP, NOW).await.unwrap();
    assert_eq!(
        log.sweep(KEEP, NOW + 14 * DAY).await,
        Ok(1),
        "all that may come have it"
    );
}

async fn nothing_is_kept_longer_than_ninety_days(log: &dyn EventLog) {
    let (shop, other) = (add_shop(log, "Duka").await, add_shop(log, "Young").await);
    pair(log, &shop, &public_key()).await;
    let batch = [
        event_at(&shop, "old", NOW),
        event_at(&shop, "young", NOW + DAY),
        // The clock of one relay was behind: it goes when everything before it may go.
        event_at(&shop, "odd", NOW - DAY),
        event_at(&other, "other", NOW + 2 * DAY),
    ];
    append(log, &batch).await;
    assert_eq!(
        log.sweep(KEEP, NOW + 90 * DAY).await,
        Ok(0),
        "not longer than ninety days yet"
    );
    assert_eq!(log.sweep(KEEP, NOW + 90 * DAY + 1).await, Ok(1), "the oldest");
    assert_eq!(contents(log, &shop, 0).await, ["young", "odd"], "no gap inside");
    assert_eq!(log.sweep(KEEP, NOW + 91 * DAY + 1).await, Ok(2), "the rest");
    let page = log.read(&shop.id, 0, 10).await.unwrap();
    assert_eq!(
        (page.events.len(), page.newest, page.dropped_through),
        (0, 3, 3),
        "all are counted"
    );
    assert_eq!(
        contents(log, &other, 0).await,
        ["other"],
        "another shop's is younger"
    );
    assert_eq!(
        append(log, &[event(&shop, "new")]).await[0].seq,
        4,
        "places go on"
    );
}

async fn a_large_heap_goes_in_one_sweep(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let batch: Vec<NewEvent> = (0..12_000).map(|_| event(&shop, "x")).collect();
    append(log, &batch).await;
    assert_eq!(
        log.sweep(KEEP, NOW + 91 * DAY).await,
        Ok(12_000),
        "in several transactions, all of it"
    );
    assert_eq!(
        log.read(&shop.id, 0, 1).await.unwrap().dropped_through,
        12_000,
        "counted"
    );
}

async fn a_late_reader_keeps_two_weeks_after_it_came(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1")]).await;
    // The shop was closed for a month; then its counter came and read.
    acked(log, &counter, 1).await;
    let came = NOW + 30 * DAY;
    assert_eq!(log.sweep(KEEP, came).await, Ok(0), "it has it only since now");
    assert_eq!(
        log.sweep(KEEP, came + 13 * DAY).await,
        Ok(0),
        "a counter whose disk broke reads it again"
    );
    assert_eq!(
        log.sweep(KEEP, came + 14 * DAY).await,
        Ok(1),
        "two weeks after it came"
    );
}

crate::on_each_engine!(
    what_all_have_goes_two_weeks_later,
    a_revoked_counter_holds_nothing_back,
    nothing_is_kept_longer_than_ninety_days,
    a_large_heap_goes_in_one_sweep,
    a_late_reader_keeps_two_weeks_after_it_came,
);
