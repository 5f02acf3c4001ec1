//! Shops spread over several databases.
//!
//! The rule: a shop lives in the database where it was added, and a new one is added where the fewest are. Nothing
//! else says where a shop is, so no list can be wrong: whoever asks for a shop that was not met lately asks every
//! database, and remembers for a minute which one knew it. *Nobody knows it* is said only when every database
//! was asked and answered.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures_util::StreamExt as _;
use futures_util::future::{join_all, select_all};
use futures_util::stream::FuturesUnordered;
use relay_wire::{ClaimKey, Epoch, TokenHash};

use super::{
    Appended, Counter, EventLog, Heard, LogError, NewCounter, NewEvent, Page, Paired, PairingCode,
    PastAnchor, Retention, Shop, StoredDay, no_such_shop,
};

/// How long it is remembered where something is.
const REMEMBERED: Duration = Duration::from_secs(60);
/// Things remembered at most, about 10 MB; then all are forgotten at once.
const MOST: usize = 100_000;

/// Several logs that answer as one.
pub struct SpreadLog {
    logs: Vec<Arc<dyn EventLog>>,
    met: Mutex<HashMap<Vec<u8>, (usize, Instant)>>,
}

impl SpreadLog {
    /// Over these, in this order.
    #[must_use]
    pub fn new(logs: Vec<Arc<dyn EventLog>>) -> Self {
        Self {
            logs,
            met: Mutex::default(),
        }
    }

    fn remembered(&self, name: &[u8]) -> Option<usize> {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let (log, since) = met.get(name)?;
        (since.elapsed() < REMEMBERED).then_some(*log)
    }

    fn remember(&self, name: &[u8], log: usize) {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if met.len() >= MOST {
            met.clear();
        }
        met.insert(name.to_vec(), (log, Instant::now()));
    }

    /// Asks whoever knew it lately, then all the others at one time, so that nobody waits for one that is down
    /// when another one knows it.
    async fn find<'a, T, F>(
        &'a self,
        name: &[u8],
        ask: impl Fn(&'a dyn EventLog) -> F,
    ) -> Result<Option<T>, LogError>
    where
        F: Future<Output = Result<Option<T>, LogError>> + Send + 'a,
    {
        let likely = self.remembered(name);
        let mut silent = None;
        if let Some(index) = likely {
            match ask(self.logs[index].as_ref()).await {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => {}
                Err(error) => silent = Some(error),
            }
        }
        let others = self
            .logs
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != likely);
        let mut answers: FuturesUnordered<_> = others
            .map(|(index, log)| {
                let answer = ask(log.as_ref());
                async move { (index, answer.await) }
            })
            .collect();
        while let Some((index, answer)) = answers.next().await {
            match answer {
                Ok(Some(found)) => {
                    self.remember(name, index);
                    return Ok(Some(found));
                }
                Ok(None) => {}
                Err(error) => silent = Some(error),
            }
        }
        silent.map_or(Ok(None), Err)
    }

    /// Where a shop lives.
    async fn of_shop(&self, id: &str) -> Result<(usize, &dyn EventLog), LogError> {
        let index = match self.remembered(id.as_bytes()) {
            Some(index) => index,
            None => {
                self.shop(id).await?.ok_or_else(|| no_such_shop(id))?;
                self.remembered(id.as_bytes()).ok_or_else(|| no_such_shop(id))?
            }
        };
        Ok((index, self.logs[index].as_ref()))
    }

    async fn log_of(&self, shop_id: &str) -> Result<&dyn EventLog, LogError> {
        Ok(self.of_shop(shop_id).await?.1)
    }
}

#[async_trait]
impl EventLog for SpreadLog {
    async fn epoch(&self, shop_id: &str) -> Result<Epoch, LogError> {
        self.log_of(shop_id).await?.epoch(shop_id).await
    }

    async fn new_epoch(&self, shop_id: &str) -> Result<Epoch, LogError> {
        self.log_of(shop_id).await?.new_epoch(shop_id).await
    }

    async fn add_shop(&self, shop: &Shop) -> Result<(), LogError> {
        let mut fewest = None;
        for (index, log) in self.logs.iter().enumerate() {
            let shops = log.shops().await?;
            if shops
                .iter()
                .any(|other| other.id == shop.id || other.hook == shop.hook)
            {
                return Err(LogError::Refused(format!(
                    "the shop {} is there already",
                    shop.id
                )));
            }
            if fewest.is_none_or(|(count, _)| shops.len() < count) {
                fewest = Some((shops.len(), index));
            }
        }
        let (_, index) = fewest.ok_or_else(|| LogError::Unusable("no database is given".into()))?;
        self.logs[index].add_shop(shop).await
    }

    async fn shops(&self) -> Result<Vec<Shop>, LogError> {
        let mut all = Vec::new();
        for shops in join_all(self.logs.iter().map(|log| log.shops())).await {
            all.extend(shops?);
        }
        all.sort_by(|one, two| (&one.name, &one.id).cmp(&(&two.name, &two.id)));
        Ok(all)
    }

    async fn shop(&self, id: &str) -> Result<Option<Shop>, LogError> {
        self.find(id.as_bytes(), |log| log.shop(id)).await
    }

    async fn shop_of_hook(&self, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
        self.find(hook.as_bytes(), |log| log.shop_of_hook(hook)).await
    }

    async fn add_pairing(&self, code: &PairingCode) -> Result<(), LogError> {
        self.log_of(&code.shop_id).await?.add_pairing(code).await
    }

    async fn pair(&self, code: &TokenHash, counter: &NewCounter, now_ms: i64) -> Result<Paired, LogError> {
        let known = self.find(code.as_bytes(), |log| async move {
            match log.pair(code, counter, now_ms).await? {
                Paired::NoSuchCode => Ok(None),
                paired @ (Paired::In { .. } | Paired::OtherKey | Paired::Full) => Ok(Some(paired)),
            }
        });
        Ok(known.await?.unwrap_or(Paired::NoSuchCode))
    }

    async fn counter_of_token(&self, token: &TokenHash) -> Result<Option<Counter>, LogError> {
        self.find(token.as_bytes(), |log| log.counter_of_token(token))
            .await
    }

    async fn counters(&self, shop_id: &str) -> Result<Vec<Counter>, LogError> {
        self.log_of(shop_id).await?.counters(shop_id).await
    }

    async fn revoke(&self, counter_id: &str) -> Result<bool, LogError> {
        let done = self.find(counter_id.as_bytes(), |log| async move {
            Ok(log.revoke(counter_id).await?.then_some(()))
        });
        Ok(done.await?.is_some())
    }

    async fn heard(&self, counter: &Counter, heard: &Heard) -> Result<(), LogError> {
        self.log_of(&counter.shop_id).await?.heard(counter, heard).await
    }

    async fn past_anchors(&self, counter: &Counter) -> Result<Vec<PastAnchor>, LogError> {
        self.log_of(&counter.shop_id).await?.past_anchors(counter).await
    }

    async fn append(&self, batch: &[NewEvent]) -> Vec<Result<Appended, LogError>> {
        let mut answers = Vec::with_capacity(batch.len());
        let mut parts: Vec<(Vec<usize>, Vec<NewEvent>)> = vec![Default::default(); self.logs.len()];
        for (place, event) in batch.iter().enumerate() {
            match self.of_shop(&event.shop_id).await {
                Ok((log, _)) => {
                    parts[log].0.push(place);
                    parts[log].1.push(event.clone());
                    // Overwritten by its database's answer.
                    answers.push(Err(LogError::Unavailable("no answer".into())));
                }
                Err(error) => answers.push(Err(error)),
            }
        }
        let each = self
            .logs
            .iter()
            .zip(&parts)
            .filter(|(_, (places, _))| !places.is_empty());
        let told =
            join_all(each.map(|(log, (places, events))| async move { (places, log.append(events).await) }));
        for (places, part) in told.await {
            for (place, answer) in places.iter().zip(part) {
                answers[*place] = answer;
            }
        }
        answers
    }

    async fn read(&self, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
        self.log_of(shop_id).await?.read(shop_id, after, limit).await
    }

    async fn changed_elsewhere(&self) -> Vec<String> {
        if self.logs.is_empty() {
            return std::future::pending().await;
        }
        select_all(self.logs.iter().map(|log| log.changed_elsewhere()))
            .await
            .0
    }

    async fn sweep(&self, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
        let swept = join_all(self.logs.iter().map(|log| log.sweep(keep, now_ms))).await;
        // One that is down does not keep the others from it; it is swept an hour later.
        swept.into_iter().sum()
    }

    async fn claim(&self, counter: &Counter, keys: &[ClaimKey]) -> Result<Vec<char>, LogError> {
        self.log_of(&counter.shop_id).await?.claim(counter, keys).await
    }

    async fn holders(&self, shop_id: &str, keys: &[ClaimKey]) -> Result<Vec<Option<char>>, LogError> {
        self.log_of(shop_id).await?.holders(shop_id, keys).await
    }

    async fn put_day(&self, day: &StoredDay) -> Result<(), LogError> {
        if self
            .day(&day.id)
            .await?
            .is_some_and(|other| other.shop_id != day.shop_id)
        {
            return Err(LogError::Refused("another shop's page has this name".into()));
        }
        self.log_of(&day.shop_id).await?.put_day(day).await
    }

    async fn day(&self, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
        self.find(id.as_bytes(), |log| log.day(id)).await
    }

    async fn drop_day(&self, shop_id: &str) -> Result<(), LogError> {
        self.log_of(shop_id).await?.drop_day(shop_id).await
    }
}
