use std::collections::BTreeMap;

use relay::log::{Appended, Copies, EventLog, LogError, NewEvent};

use crate::made::{add_shop, append, contents, event};

async fn each_shop_has_its_own_places_without_gaps(log: &dyn EventLog) {
    let (one, two) = (add_shop(log, "One").await, add_shop(log, "Two").await);
    let batch = [event(&one, "a"), event(&two, "b"), event(&one, "c")];
    let seqs: Vec<u64> = append(log, &batch).await.iter().map(|kept| kept.seq).collect();
    assert_eq!(seqs, [1, 1, 2], "numbered by shop, answered in the order given");
    let next = append(log, &[event(&two, "d")]).await;
    assert_eq!(
        next,
        [Appended {
            seq: 2,
            copies: Copies::All
        }],
        "on from the last"
    );
    assert_eq!(contents(log, &one, 0).await, ["a", "c"], "one shop's, in order");
    assert_eq!(contents(log, &two, 0).await, ["b", "d"], "the other's");
    assert_eq!(append(log, &[]).await, [], "an empty batch");
}

async fn a_reader_gets_what_comes_after_its_place(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let empty = log.read(&shop.id, 0, 10).await.unwrap();
    assert_eq!(
        (empty.events.len(), empty.newest, empty.dropped_through),
        (0, 0, 0),
        "nothing yet"
    );
    assert_eq!(
        empty.epoch,
        log.epoch(&shop.id).await.unwrap(),
        "of the present life"
    );
    let batch: Vec<NewEvent> = (1..=5).map(|n| event(&shop, &n.to_string())).collect();
    append(log, &batch).await;
    let page = log.read(&shop.id, 1, 2).await.unwrap();
    let seqs: Vec<u64> = page.events.iter().map(|one| one.seq).collect();
    assert_eq!(
        (seqs, page.newest),
        (vec![2, 3], 5),
        "two after the first, and that there are more"
    );
    for after in [5, 99, u64::MAX] {
        let page = log.read(&shop.id, after, 10).await.unwrap();
        assert_eq!((page.events.len(), page.newest), (0, 5), "nothing after {after}");
    }
    let refused = log.read("nobody", 0, 10).await;
    assert!(
        matches!(refused, Err(LogError::Refused(_))),
        "no such shop: {refused:?}"
    );
}

async fn a_batch_is_kept_as_a_whole_or_not_at_all(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    append(log, &[event(&shop, "1")]).await;
    let nobody = NewEvent {
        shop_id: "nobody".into(),
        ..event(&shop, "x")
    };
    let answers = log.append(&[event(&shop, "2"), nobody, event(&shop, "3")]).await;
    assert_eq!(answers.len(), 3, "one answer an event");
    for answer in answers {
        assert!(
            matches!(answer, Err(LogError::Refused(_))),
            "none is kept: {answer:?}"
        );
    }
    assert_eq!(contents(log, &shop, 0).await, ["1"], "nothing of it is there");
    assert_eq!(
        append(log, &[event(&shop, "2")]).await[0].seq,
        2,
        "and no place was lost"
    );
}

async fn bytes_come_back_as_they_were(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let odd = [
        NewEvent {
            sealed: all.clone(),
            ..event(&shop, "")
        },
        event(&shop, ""),
    ];
    append(log, &odd).await;
    let page = log.read(&shop.id, 0, 10).await.unwrap();
    assert_eq!(page.events[0].sealed, all, "every byte, a large one");
    assert_eq!(page.events[1].sealed, Vec::<u8>::new(), "none");
}

async fn many_writers_leave_no_gap_and_no_double(log: &dyn EventLog) {
    let shops = [add_shop(log, "One").await, add_shop(log, "Two").await];
    let writer = async |writer: usize| {
        let mut kept = Vec::new();
        for round in 0..20 {
            // Each second writer names the shops the other way round.
            let (first, second) = (&shops[writer % 2], &shops[(writer + 1) % 2]);
            let content = format!("{writer}-{round}");
            let batch = [
                event(first, &content),
                event(second, &content),
                event(first, &content),
            ];
            let seqs: Vec<u64> = append(log, &batch).await.iter().map(|one| one.seq).collect();
            kept.extend(seqs.into_iter().zip(batch));
        }
        kept
    };
    let (a, b, c, d) = tokio::join!(writer(0), writer(1), writer(2), writer(3));
    let mut told: BTreeMap<(String, u64), Vec<u8>> = BTreeMap::new();
    for (seq, event) in [a, b, c, d].into_iter().flatten() {
        let double = told.insert((event.shop_id.clone(), seq), event.sealed);
        assert_eq!(
            double, None,
            "place {seq} of {} was given out twice",
            event.shop_id
        );
    }
    for shop in &shops {
        let page = log.read(&shop.id, 0, 1000).await.unwrap();
        assert_eq!(page.events.len(), 120, "all are there");
        for (index, event) in page.events.iter().enumerate() {
            assert_eq!(event.seq, index as u64 + 1, "without gaps");
            assert_eq!(
                told.get(&(shop.id.clone(), event.seq)),
                Some(&event.sealed),
                "as it was told"
            );
        }
    }
}

async fn a_reader_never_sees_a_later_event_before_an_earlier_one(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let write = async |writer: u32| {
        for round in 0..25 {
            append(log, &[event(&shop, &format!("{writer}-{round}"))]).await;
        }
    };
    let read = async {
        let mut seen = 0;
        while seen < 75 {
            let page = log.read(&shop.id, seen, 1000).await.unwrap();
            for event in page.events {
                seen += 1;
                assert_eq!(event.seq, seen, "a reader that moves on has missed nothing");
            }
        }
    };
    tokio::join!(write(1), write(2), write(3), read);
}

mod whole {
    use super::a_batch_is_kept_as_a_whole_or_not_at_all;

    // A shop that nobody knows belongs to no database, so in several it takes nothing with it.
    crate::on_engine!(sqlite, on_sqlite, a_batch_is_kept_as_a_whole_or_not_at_all);
    crate::on_engine!(postgres, on_postgres, a_batch_is_kept_as_a_whole_or_not_at_all);
}

crate::on_each_engine!(
    each_shop_has_its_own_places_without_gaps,
    a_reader_gets_what_comes_after_its_place,
    bytes_come_back_as_they_were,
    many_writers_leave_no_gap_and_no_double,
    a_reader_never_sees_a_later_event_before_an_earlier_one,
);
