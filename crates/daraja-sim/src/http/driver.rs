//! Lets time pass: wakes when something is due and carries the calls to the shop.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::shared::Shared;
use crate::world::{Delivered, Delivery};

/// The longest sleep, so that a moved wall clock is noticed.
const LONGEST_SLEEP_MS: u64 = 1_000;

pub(super) async fn run(shared: Arc<Shared>) {
    let mut under_way = JoinSet::new();
    loop {
        while under_way.try_join_next().is_some() {}
        let (due, wait) = shared.step();
        for delivery in due {
            under_way.spawn(carry(Arc::clone(&shared), delivery));
        }
        let sleep = Duration::from_millis(wait.unwrap_or(LONGEST_SLEEP_MS).min(LONGEST_SLEEP_MS));
        // Waking early is harmless, sleeping over a change is not.
        let _ = tokio::time::timeout(sleep, shared.wake.notified()).await;
    }
}

/// Carries these calls and all that follow at once from them.
pub(super) async fn carry_all(shared: &Arc<Shared>, mut due: Vec<Delivery>) -> usize {
    let mut carried = 0;
    while !due.is_empty() {
        carried += due.len();
        let mut together = JoinSet::new();
        for delivery in due {
            together.spawn(carry(Arc::clone(shared), delivery));
        }
        together.join_all().await;
        due = shared.step().0;
    }
    carried
}

/// Makes one call, once, and tells the world how it ended.
async fn carry(shared: Arc<Shared>, delivery: Delivery) {
    let end = post(&shared, &delivery).await;
    tracing::debug!(kind = ?delivery.kind, delivered = ?matches!(end, Delivered::Answered { .. }));
    shared.with(|world, now| world.delivered(&delivery, &end, now));
}

async fn post(shared: &Shared, delivery: &Delivery) -> Delivered {
    let Ok(url) = reqwest::Url::parse(&delivery.url) else {
        return Delivered::Failed;
    };
    // A name under `.invalid` resolves nowhere (RFC 2606); asking would only tell the resolver.
    if url
        .host_str()
        .is_none_or(|host| host.trim_end_matches('.').ends_with(".invalid"))
    {
        return Delivered::Failed;
    }
    let Some(sender) = shared.sender() else {
        return Delivered::Failed;
    };
    let sent = sender
        .post(url)
        .header("content-type", "application/json;charset=UTF-8")
        .header("businessshortcode", &delivery.short_code)
        .timeout(Duration::from_millis(delivery.timeout_ms))
        .body(delivery.body.clone())
        .send()
        .await;
    let Ok(response) = sent else {
        return Delivered::Failed;
    };
    let status = response.status().as_u16();
    match response.text().await {
        Ok(body) => Delivered::Answered { status, body },
        Err(_) => Delivered::Failed,
    }
}
