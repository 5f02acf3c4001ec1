//! Claims on their way to the relay: one question at a time, and the next one asks for everything that came
//! meanwhile. A counter that catches up on hundreds of payments would otherwise ask hundreds of times at once.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::Claimer;
use crate::receipt_number::ReceiptNumber;

/// As many as the relay takes at once.
pub(super) const MOST: usize = 500;

/// Who has each payment; `None` when nobody answered.
pub(super) type Answers = Option<Vec<(ReceiptNumber, char)>>;

/// What is to be claimed.
#[derive(Default)]
pub(super) struct Claims {
    claimer: Option<Arc<dyn Claimer>>,
    waiting: Vec<ReceiptNumber>,
    asking: bool,
}

impl Claims {
    /// From now on this one is asked.
    pub(super) fn pair(&mut self, claimer: Option<Arc<dyn Claimer>>) {
        self.claimer = claimer;
    }

    pub(super) fn add(&mut self, receipts: Vec<ReceiptNumber>) {
        self.waiting.extend(receipts);
    }

    /// The question that was under way has ended.
    pub(super) fn answered(&mut self) {
        self.asking = false;
    }

    /// Asks for what waits, unless a question is under way; `told` is called when it ends. Without an answer the
    /// claims stay open in the book, and the relay's link asks again.
    pub(super) fn ask(&mut self, runtime: &Handle, told: impl FnOnce(Answers) + Send + 'static) {
        let Some(claimer) = &self.claimer else {
            self.waiting.clear();
            return;
        };
        if self.asking || self.waiting.is_empty() {
            return;
        }
        let some = self.waiting.drain(..self.waiting.len().min(MOST)).collect();
        let answer = claimer.claim(some);
        self.asking = true;
        runtime.spawn(async move { told(answer.await) });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::driver::Boxed;

    /// Remembers how many were asked for at a time, and has none of them.
    #[derive(Default)]
    struct Nobody(Mutex<Vec<usize>>);

    impl Claimer for Nobody {
        fn claim(&self, receipts: Vec<ReceiptNumber>) -> Boxed<Answers> {
            self.0.lock().unwrap().push(receipts.len());
            Box::pin(async { None })
        }
    }

    fn receipts(count: usize) -> Vec<ReceiptNumber> {
        (0..count)
            .map(|n| ReceiptNumber::parse(&format!("UKN{n:07}")).unwrap())
            .collect()
    }

    #[tokio::test]
    async fn what_comes_while_one_question_is_under_way_is_one_more() {
        let nobody = Arc::new(Nobody::default());
        let mut claims = Claims::default();
        claims.pair(Some(Arc::<Nobody>::clone(&nobody)));
        let runtime = Handle::current();
        for _ in 0..700 {
            claims.add(receipts(1));
            claims.ask(&runtime, |_| {});
        }
        let asked = || nobody.0.lock().unwrap().clone();
        assert_eq!(asked(), [1], "one at a time");
        claims.answered();
        claims.ask(&runtime, |_| {});
        claims.answered();
        claims.ask(&runtime, |_| {});
        assert_eq!(
            asked(),
            [1, MOST, 199],
            "no more than the relay takes, and none is lost"
        );
    }
}
