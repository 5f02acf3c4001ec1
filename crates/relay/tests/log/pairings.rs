use relay::log::{EventLog, LogError, Paired, PairingCode, Retention};

use crate::made::{DAY, MINUTE, NOW, a_code, a_counter, add_shop, append, event, hash, pair, public_key};

async fn the_first_counter_brings_the_key_and_is_told_where_to_read(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    append(log, &[event(&shop, "1"), event(&shop, "2")]).await;
    let (code, new) = (a_code(log, &shop).await, a_counter(&public_key()));
    let Paired::In {
        shop: told,
        counter,
        newest,
    } = log.pair(&code, &new, NOW).await.unwrap()
    else {
        panic!("a fresh code lets in");
    };
    assert_eq!(
        told.key.as_ref(),
        Some(&new.key),
        "the shop's key is the counter's"
    );
    assert_eq!(newest, 2, "the newest event");
    assert_eq!(
        (counter.letter, counter.acked),
        ('A', 0),
        "the first letter, nothing committed"
    );
    assert_eq!(log.shop(&shop.id).await, Ok(Some(*told)), "the key is kept");
    assert_eq!(
        log.counter_of_token(&new.token).await,
        Ok(Some(*counter)),
        "found by its token"
    );
}

async fn a_code_lets_in_once(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let (code, key) = (a_code(log, &shop).await, public_key());
    let (one, two) = (a_counter(&key), a_counter(&key));
    let (one, two) = tokio::join!(log.pair(&code, &one, NOW), log.pair(&code, &two, NOW));
    let in_now = [one.unwrap(), two.unwrap()]
        .iter()
        .filter(|paired| matches!(paired, Paired::In { .. }))
        .count();
    assert_eq!(in_now, 1, "one of two that raced");
    assert_eq!(
        log.counters(&shop.id).await.unwrap().len(),
        1,
        "and one counter is kept"
    );
    let late = log.pair(&code, &a_counter(&key), NOW).await;
    assert_eq!(late, Ok(Paired::NoSuchCode), "it is used up");
}

async fn a_code_is_good_until_it_expires(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let (code, new) = (a_code(log, &shop).await, a_counter(&public_key()));
    let late = log.pair(&code, &new, NOW + 10 * MINUTE).await;
    assert_eq!(late, Ok(Paired::NoSuchCode), "ten minutes later");
    assert_eq!(
        log.pair(&hash(), &new, NOW).await,
        Ok(Paired::NoSuchCode),
        "unknown"
    );
    let early = log.pair(&code, &new, NOW + 10 * MINUTE - 1).await.unwrap();
    assert!(matches!(early, Paired::In { .. }), "a moment before: {early:?}");
}

async fn another_key_stays_out_while_somebody_holds_the_first(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let (ours, theirs) = (public_key(), public_key());
    let first = pair(log, &shop, &ours).await;
    let code = a_code(log, &shop).await;
    let refused = log.pair(&code, &a_counter(&theirs), NOW).await;
    assert_eq!(refused, Ok(Paired::OtherKey), "it could not read what is sealed");
    let right = log.pair(&code, &a_counter(&ours), NOW).await.unwrap();
    let Paired::In { counter: second, .. } = right else {
        panic!("the code was not used up by the refusal: {right:?}");
    };
    log.revoke(&first.id).await.unwrap();
    let code = a_code(log, &shop).await;
    let refused = log.pair(&code, &a_counter(&theirs), NOW).await;
    assert_eq!(refused, Ok(Paired::OtherKey), "one living counter still holds it");
    log.revoke(&second.id).await.unwrap();
    let new = log.pair(&code, &a_counter(&theirs), NOW).await.unwrap();
    assert!(
        matches!(new, Paired::In { .. }),
        "nobody holds the old one any more: {new:?}"
    );
    let shop = log.shop(&shop.id).await.unwrap().unwrap();
    assert_eq!(shop.key, Some(theirs), "sealed to the new key from now on");
}

async fn no_letter_is_given_out_twice(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let mut letters = String::new();
    for _ in 0..22 {
        let counter = pair(log, &shop, &key).await;
        letters.push(counter.letter);
        log.revoke(&counter.id).await.unwrap();
    }
    assert_eq!(
        letters, "ABCDEFGHJKMNPQRSTVWXYZ",
        "in order, none that is misread"
    );
    let code = a_code(log, &shop).await;
    let full = log.pair(&code, &a_counter(&key), NOW).await;
    assert_eq!(full, Ok(Paired::Full), "revoked counters' letters stay theirs");
    let other = add_shop(log, "Another").await;
    assert_eq!(pair(log, &other, &key).await.letter, 'A', "each shop has its own");
}

async fn counters_that_race_with_two_codes_get_two_letters(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let key = public_key();
    let codes = [a_code(log, &shop).await, a_code(log, &shop).await];
    let (one, two) = (a_counter(&key), a_counter(&key));
    let (one, two) = tokio::join!(log.pair(&codes[0], &one, NOW), log.pair(&codes[1], &two, NOW));
    assert!(
        matches!((one, two), (Ok(Paired::In { .. }), Ok(Paired::In { .. }))),
        "both are in"
    );
    let letters: String = log
        .counters(&shop.id)
        .await
        .unwrap()
        .iter()
        .map(|one| one.letter)
        .collect();
    assert_eq!(letters, "AB", "each its own, listed by letter");
}

async fn a_code_needs_a_shop(log: &dyn EventLog) {
    let code = PairingCode {
        hash: hash(),
        shop_id: "nobody".into(),
        expires_ms: NOW,
    };
    let refused = log.add_pairing(&code).await;
    assert!(
        matches!(refused, Err(LogError::Refused(_))),
        "no such shop: {refused:?}"
    );
}

async fn a_sweep_takes_old_codes_only(log: &dyn EventLog) {
    let shop = add_shop(log, "Duka").await;
    let old = a_code(log, &shop).await;
    let young = PairingCode {
        hash: hash(),
        shop_id: shop.id.clone(),
        expires_ms: NOW + DAY,
    };
    log.add_pairing(&young).await.unwrap();
    log.sweep(Retention::DEFAULT, NOW + 10 * MINUTE).await.unwrap();
    let new = a_counter(&public_key());
    let late = log.pair(&old, &new, NOW).await;
    assert_eq!(
        late,
        Ok(Paired::NoSuchCode),
        "swept, even for a clock that went back"
    );
    let kept = log.pair(&young.hash, &new, NOW + 10 * MINUTE).await.unwrap();
    assert!(matches!(kept, Paired::In { .. }), "it has not expired: {kept:?}");
}

crate::on_each_engine!(
    the_first_counter_brings_the_key_and_is_told_where_to_read,
    a_code_lets_in_once,
    a_code_is_good_until_it_expires,
    another_key_stays_out_while_somebody_holds_the_first,
    no_letter_is_given_out_twice,
    counters_that_race_with_two_codes_get_two_letters,
    a_code_needs_a_shop,
    a_sweep_takes_old_codes_only,
);
