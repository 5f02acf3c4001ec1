use relay::log::{EventLog, Retention};

use crate::made::{DAY, NOW, acked, add_shop, append, contents, event, pair, present, public_key};

async fn a_new_life_keeps_everything_and_is_committed_by_nobody(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1"), event(&shop, "2")]).await;
    acked(log, &counter, 2).await;
    let before = log.epoch(&shop.id).await.unwrap();
    let after = log.new_epoch(&shop.id).await.unwrap();
    assert_ne!(before, after, "another life");
    assert_eq!(log.epoch(&shop.id).await, Ok(after), "it stays");
    assert_eq!(present(log, &counter).await.acked, 0, "to be read again");
    let page = log.read(&shop.id, 0, 10).await.unwrap();
    assert_eq!(
        (page.epoch, page.newest),
        (after, 2),
        "readers are told, places go on"
    );
    assert_eq!(
        append(log, &[event(&shop, "3")]).await[0].seq,
        3,
        "on from the last"
    );
}

async fn a_new_life_forgets_since_when_all_had_them(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1")]).await;
    acked(log, &counter, 1).await;
    log.sweep(Retention::DEFAULT, NOW).await.unwrap();
    log.new_epoch(&shop.id).await.unwrap();
    let dropped = log.sweep(Retention::DEFAULT, NOW + 30 * DAY).await;
    assert_eq!(dropped, Ok(0), "nobody of this life has it yet");
    assert_eq!(contents(log, &shop, 0).await, ["1"], "it waits");
}

crate::on_each_engine!(
    a_new_life_keeps_everything_and_is_committed_by_nobody,
    a_new_life_forgets_since_when_all_had_them,
);
