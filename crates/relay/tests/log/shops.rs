use relay::log::{EventLog, LogError, Shop, Validation};

use crate::made::{a_shop, add_shop, hash, public_key};

async fn a_shop_is_found_by_its_id_and_its_hook(log: &dyn EventLog) {
    let shop = Shop {
        key: Some(public_key()),
        validation: Validation::CheckReference,
        ..a_shop("Duka la Amina")
    };
    log.add_shop(&shop).await.unwrap();
    add_shop(log, "Another").await;
    assert_eq!(log.shop(&shop.id).await, Ok(Some(shop.clone())), "by id, whole");
    assert_eq!(
        log.shop_of_hook(&shop.hook).await,
        Ok(Some(shop)),
        "by its secret path"
    );
    assert_eq!(log.shop("nobody").await, Ok(None), "an unknown id");
    assert_eq!(log.shop_of_hook(&hash()).await, Ok(None), "an unknown path");
}

async fn shops_are_listed_by_name(log: &dyn EventLog) {
    assert_eq!(log.shops().await, Ok(vec![]), "none yet");
    for name in ["Mama Njeri", "Baba Dogo", "Zawadi"] {
        add_shop(log, name).await;
    }
    let names: Vec<String> = log
        .shops()
        .await
        .unwrap()
        .into_iter()
        .map(|shop| shop.name)
        .collect();
    assert_eq!(
        names,
        ["Baba Dogo", "Mama Njeri", "Zawadi"],
        "in the order of names"
    );
}

async fn a_shop_is_added_once(log: &dyn EventLog) {
    let shop = add_shop(log, "First").await;
    let refused = log
        .add_shop(&Shop {
            hook: hash(),
            ..shop.clone()
        })
        .await;
    assert!(
        matches!(refused, Err(LogError::Refused(_))),
        "the same id: {refused:?}"
    );
    let refused = log
        .add_shop(&Shop {
            id: "other".into(),
            ..shop.clone()
        })
        .await;
    assert!(
        matches!(refused, Err(LogError::Refused(_))),
        "the same path: {refused:?}"
    );
    assert_eq!(log.shops().await, Ok(vec![shop]), "nothing changed");
}

crate::on_each_engine!(
    a_shop_is_found_by_its_id_and_its_hook,
    shops_are_listed_by_name,
    a_shop_is_added_once,
);
