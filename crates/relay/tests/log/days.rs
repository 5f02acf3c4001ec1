use relay::log::{EventLog, LogError, Retention, StoredDay};

use crate::made::{DAY, NOW, add_shop, hash, pair, public_key};

async fn a_shop_has_one_page_under_its_newest_name(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let first = StoredDay {
        id: hash(),
        shop_id: shop.id.clone(),
        at_ms: NOW,
        sealed: b"first".to_vec(),
    };
    log.put_day(&first).await.unwrap();
    assert_eq!(log.day(&first.id).await, Ok(Some(first.clone())), "as it was put");
    let again = StoredDay {
        at_ms: NOW + 1,
        sealed: b"again".to_vec(),
        ..first.clone()
    };
    log.put_day(&again).await.unwrap();
    assert_eq!(
        log.day(&first.id).await,
        Ok(Some(again)),
        "in the place of the one before"
    );
    let renamed = StoredDay {
        id: hash(),
        ..first.clone()
    };
    log.put_day(&renamed).await.unwrap();
    assert_eq!(
        log.day(&first.id).await,
        Ok(None),
        "the old name is worth nothing"
    );
    assert_eq!(
        log.day(&renamed.id).await,
        Ok(Some(renamed.clone())),
        "the new one is"
    );
    log.drop_day(&shop.id).await.unwrap();
    assert_eq!(log.day(&renamed.id).await, Ok(None), "taken away");
    log.drop_day(&shop.id)
        .await
        .expect("nothing to take away is no failure");
}

async fn no_shop_takes_another_ones_name(log: &dyn EventLog) {
    let (one, two) = (add_shop(log, "One").await, add_shop(log, "Two").await);
    let page = StoredDay {
        id: hash(),
        shop_id: one.id,
        at_ms: NOW,
        sealed: b"one".to_vec(),
    };
    log.put_day(&page).await.unwrap();
    let stolen = StoredDay {
        shop_id: two.id,
        sealed: b"two".to_vec(),
        ..page.clone()
    };
    let refused = log.put_day(&stolen).await;
    assert!(matches!(refused, Err(LogError::Refused(_))), "{refused:?}");
    assert_eq!(log.day(&page.id).await, Ok(Some(page)), "it is as it was");
}

async fn a_page_that_nobody_writes_any_more_goes(log: &dyn EventLog) {
    let (shop, other) = (add_shop(log, "Duka").await, add_shop(log, "Jirani").await);
    let counter = pair(log, &shop, &public_key()).await;
    let page = |shop_id: &str, at_ms| StoredDay {
        id: hash(),
        shop_id: shop_id.to_owned(),
        at_ms,
        sealed: b"page".to_vec(),
    };
    let (own, neighbours) = (page(&shop.id, NOW), page(&other.id, NOW + DAY));
    log.put_day(&own).await.unwrap();
    log.put_day(&neighbours).await.unwrap();
    log.sweep(Retention::DEFAULT, NOW + 14 * DAY).await.unwrap();
    assert_eq!(log.day(&own.id).await, Ok(Some(own.clone())), "not yet two weeks");
    log.sweep(Retention::DEFAULT, NOW + 14 * DAY + 1).await.unwrap();
    assert_eq!(log.day(&own.id).await, Ok(None), "the shop came no more");
    let kept = Ok(Some(neighbours.clone()));
    assert_eq!(log.day(&neighbours.id).await, kept, "a page that is younger");

    // It comes again, and its counter is stolen.
    log.put_day(&own).await.unwrap();
    log.revoke(&counter.id).await.unwrap();
    assert_eq!(
        log.day(&own.id).await,
        Ok(None),
        "nobody who has that counter reads it"
    );
    assert_eq!(
        log.day(&neighbours.id).await,
        Ok(Some(neighbours)),
        "another shop's page stays"
    );
}

crate::on_each_engine!(
    a_shop_has_one_page_under_its_newest_name,
    a_page_that_nobody_writes_any_more_goes,
    no_shop_takes_another_ones_name
);
