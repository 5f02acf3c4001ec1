use relay::log::{EventLog, Heard};
use relay_wire::{Cursor, Epoch, Link};

use crate::made::{NOW, acked, add_shop, append, event, hash, pair, present, public_key};

fn link(rows: u64, head: &str) -> Option<Link> {
    Some(Link {
        rows,
        head: head.into(),
    })
}

async fn what_was_heard_never_goes_back(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1"), event(&shop, "2"), event(&shop, "3")]).await;
    let epoch = log.epoch(&shop.id).await.unwrap();
    let hear = async |seq, at_ms, anchor| {
        let cursor = Cursor { epoch, seq };
        log.heard(
            &counter,
            &Heard {
                cursor,
                at_ms,
                anchor,
                begins_anew: false,
            },
        )
        .await
        .unwrap();
        let now = present(log, &counter).await;
        (now.acked, now.heard_ms, now.anchor)
    };
    assert_eq!(
        hear(2, NOW, None).await,
        (2, Some(NOW), None),
        "a first time without a chain"
    );
    assert_eq!(
        hear(3, NOW + 5, link(10, "aa")).await,
        (3, Some(NOW + 5), link(10, "aa")),
        "forward"
    );
    assert_eq!(
        hear(1, NOW - 5, link(9, "bb")).await,
        (3, Some(NOW + 5), link(10, "aa")),
        "a late heartbeat takes nothing back"
    );
    assert_eq!(
        hear(3, NOW + 6, None).await,
        (3, Some(NOW + 6), link(10, "aa")),
        "no chain shown"
    );
    assert_eq!(
        hear(3, NOW + 7, link(11, "cc")).await,
        (3, Some(NOW + 7), link(11, "cc")),
        "the chain grew"
    );
}

async fn nobody_has_committed_what_is_not_there(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1")]).await;
    acked(log, &counter, 7).await;
    assert_eq!(present(log, &counter).await.acked, 1, "not past the newest event");
    acked(log, &counter, u64::MAX).await;
    assert_eq!(present(log, &counter).await.acked, 1, "however far past");
}

async fn another_life_counts_nothing(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    append(log, &[event(&shop, "1")]).await;
    let cursor = Cursor {
        epoch: Epoch::random(),
        seq: 1,
    };
    log.heard(
        &counter,
        &Heard {
            cursor,
            at_ms: NOW,
            anchor: link(3, "aa"),
            begins_anew: false,
        },
    )
    .await
    .unwrap();
    let now = present(log, &counter).await;
    assert_eq!(now.acked, 0, "its places may mean other events");
    assert_eq!(
        (now.heard_ms, now.anchor),
        (Some(NOW), link(3, "aa")),
        "the rest holds"
    );
}

async fn a_restored_book_begins_anew_and_what_was_seen_stays(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    let epoch = log.epoch(&shop.id).await.unwrap();
    let hear = async |at_ms, anchor, begins_anew| {
        let cursor = Cursor { epoch, seq: 0 };
        let heard = Heard {
            cursor,
            at_ms,
            anchor,
            begins_anew,
        };
        log.heard(&counter, &heard).await.unwrap();
        let past = log.past_anchors(&counter).await.unwrap();
        let past: Vec<_> = past
            .into_iter()
            .map(|past| (past.until_ms, Some(past.link)))
            .collect();
        (present(log, &counter).await.anchor, past)
    };
    let seen = (NOW + 1, link(10, "aa"));
    hear(NOW, link(10, "aa"), false).await;
    assert_eq!(
        hear(NOW + 1, link(4, "bb"), true).await,
        (link(4, "bb"), vec![seen.clone()]),
        "it goes on with the shorter chain, and what was seen is kept"
    );
    assert_eq!(
        hear(NOW + 2, link(3, "cc"), false).await,
        (link(4, "bb"), vec![seen.clone()]),
        "which goes back no more"
    );
    assert_eq!(
        hear(NOW + 3, link(9, "dd"), true).await,
        (link(9, "dd"), vec![seen, (NOW + 3, link(4, "bb"))]),
        "as often as it is restored"
    );
}

async fn a_revoked_counter_is_known_as_revoked(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (counter, other) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    assert_eq!(log.revoke(&counter.id).await, Ok(true), "it was there");
    assert_eq!(log.revoke("nobody").await, Ok(false), "nobody was");
    assert!(present(log, &counter).await.revoked, "shut out");
    assert!(!present(log, &other).await.revoked, "the other one not");
    assert_eq!(log.counter_of_token(&hash()).await, Ok(None), "an unknown token");
}

crate::on_each_engine!(
    what_was_heard_never_goes_back,
    nobody_has_committed_what_is_not_there,
    another_life_counts_nothing,
    a_restored_book_begins_anew_and_what_was_seen_stays,
    a_revoked_counter_is_known_as_revoked,
);
