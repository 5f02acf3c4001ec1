use relay::log::{EventLog, Retention};

use crate::made::{DAY, NOW, add_shop, claim_key, pair, public_key};

async fn the_first_to_ask_has_it_for_ever(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (a, b) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    let [one, two, three] = ["UJ6E5918JJ", "UJ6E5918JK", "UJ6E5918JL"].map(claim_key);
    assert_eq!(
        log.claim(&a, std::slice::from_ref(&two)).await,
        Ok(vec!['A']),
        "nobody had it"
    );
    let keys = [three.clone(), two.clone(), one.clone(), three.clone()];
    let holders = log.claim(&b, &keys).await;
    assert_eq!(
        holders,
        Ok(vec!['B', 'A', 'B', 'B']),
        "in the order of the keys; twice is no harm"
    );
    assert_eq!(log.claim(&a, &keys).await, holders, "asked again, the same");
    log.revoke(&a.id).await.unwrap();
    log.new_epoch(&shop.id).await.unwrap();
    log.sweep(Retention::DEFAULT, NOW + 400 * DAY).await.unwrap();
    assert_eq!(
        log.claim(&b, &keys).await,
        holders,
        "not revoked, not swept, not of one life only"
    );
    assert_eq!(log.claim(&b, &[]).await, Ok(vec![]), "none");
}

async fn who_has_what_can_be_asked_without_taking_it(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (a, b) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    let keys = ["UJ6E5918JJ", "UJ6E5918JK"].map(claim_key);
    log.claim(&a, &keys[1..]).await.unwrap();
    assert_eq!(
        log.holders(&shop.id, &keys).await,
        Ok(vec![None, Some('A')]),
        "one is nobody's"
    );
    assert_eq!(
        log.claim(&b, &keys[..1]).await,
        Ok(vec!['B']),
        "and was not taken by asking"
    );
    let other = add_shop(log, "Two").await;
    assert_eq!(
        log.holders(&other.id, &keys).await,
        Ok(vec![None, None]),
        "another shop's are its own"
    );
}

async fn another_shop_races_for_its_own(log: &dyn EventLog) {
    let (one, two) = (add_shop(log, "One").await, add_shop(log, "Two").await);
    let key = public_key();
    let (a, _) = (pair(log, &one, &key).await, pair(log, &two, &key).await);
    let b = pair(log, &two, &key).await;
    let payment = claim_key("UJ6E5918JJ");
    log.claim(&a, std::slice::from_ref(&payment)).await.unwrap();
    assert_eq!(
        log.claim(&b, &[payment]).await,
        Ok(vec!['B']),
        "the same name in another shop"
    );
}

async fn two_that_race_agree_on_who_won(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let (a, b) = (pair(log, &shop, &key).await, pair(log, &shop, &key).await);
    for round in 0..20 {
        let mut keys: Vec<_> = (0..20).map(|n| claim_key(&format!("{round}-{n}"))).collect();
        let forward = keys.clone();
        keys.reverse();
        let (one, two) = tokio::join!(log.claim(&a, &forward), log.claim(&b, &keys));
        let mut two = two.unwrap();
        two.reverse();
        assert_eq!(one.unwrap(), two, "both were told the same");
    }
}

crate::on_each_engine!(
    the_first_to_ask_has_it_for_ever,
    who_has_what_can_be_asked_without_taking_it,
    another_shop_races_for_its_own,
    two_that_race_agree_on_who_won,
);
