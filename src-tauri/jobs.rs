//! Long jobs: the page sees how far one has come, and may stop it.
//!
//! A command that takes long begins one by [`Jobs::begin`], says [`Job::at`] between its steps, and gives the page
//! `None`, or refuses with [`Code::Stopped`], when it was stopped. The page draws it with `ui/src/parts/Progress.svelte`.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use till::backup;
use till::{Code, TillError};
use ts_rs::TS;

/// The page is told no more often: a bar that moves ten times a second is smooth.
const EVERY: Duration = Duration::from_millis(100);

/// Which of them; one of each runs at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobName {
    /// A statement of the M-PESA account is taken.
    Statement,
    /// A file is written for somebody else.
    Export,
    /// The book is gone through, page by page and link by link.
    Verify,
    /// The book is copied, and the copy carried to the stick.
    Backup,
    /// The way back is rehearsed.
    Rehearsal,
    /// A copy takes the book's place.
    Restore,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// Which.
    pub job: JobName,
    /// Rows, pages or bytes that are done.
    #[ts(type = "number")]
    pub done: u64,
    /// Of so many; none while nobody knows.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

/// The jobs that run now.
#[derive(Default)]
pub struct Jobs {
    running: Arc<Mutex<HashMap<JobName, Arc<AtomicBool>>>>,
}

/// One that runs; dropped, it has ended.
pub struct Job {
    name: JobName,
    stopped: Arc<AtomicBool>,
    tell: Box<dyn Fn(Progress) + Send + Sync>,
    told: Mutex<Option<Instant>>,
    running: Arc<Mutex<HashMap<JobName, Arc<AtomicBool>>>>,
}

impl Jobs {
    /// Begins a job; `tell` carries its progress to the page.
    ///
    /// # Errors
    /// [`Code::Busy`] while one of this name runs.
    pub fn begin(
        &self,
        name: JobName,
        tell: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Job, TillError> {
        let stopped = Arc::new(AtomicBool::new(false));
        let mut running = lock(&self.running);
        if running.contains_key(&name) {
            return Err(TillError::new(
                Code::Busy,
                "This is being done already: wait for its end, or stop it.",
            ));
        }
        running.insert(name, Arc::clone(&stopped));
        Ok(Job {
            name,
            stopped,
            tell: Box::new(tell),
            told: Mutex::new(None),
            running: Arc::clone(&self.running),
        })
    }

    /// Asks a job to stop at its next step; one that does not run is stopped already.
    pub fn stop(&self, name: JobName) {
        if let Some(stopped) = lock(&self.running).get(&name) {
            stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl Job {
    /// Between two steps: says how far it is, and breaks when somebody wants it to stop. What a step has done
    /// durably stays done.
    #[must_use = "a job that was stopped must end"]
    pub fn at(&self, done: u64, total: Option<u64>) -> ControlFlow<()> {
        if self.stopped.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let mut told = lock(&self.told);
        let now = Instant::now();
        let due = told.is_none_or(|last| now.duration_since(last) >= EVERY);
        if due || total == Some(done) {
            *told = Some(now);
            (self.tell)(Progress {
                job: self.name,
                done,
                total,
            });
        }
        ControlFlow::Continue(())
    }
}

impl Job {
    /// What watches a copy, a restore or a rehearsal; the job ends with the last of them.
    pub fn watching(self) -> impl Fn(backup::Progress) -> ControlFlow<()> + Clone + Send + Sync + 'static {
        let job = Arc::new(self);
        move |progress| job.at(progress.done, Some(progress.all))
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        lock(&self.running).remove(&self.name);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_job_tells_is_stopped_and_may_run_again() {
        let jobs = Jobs::default();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        let job = jobs
            .begin(JobName::Export, move |progress| lock(&ears).push(progress.done))
            .unwrap();
        assert_eq!(
            jobs.begin(JobName::Export, |_| ()).err().map(|error| error.code),
            Some(Code::Busy),
            "one of a name at a time"
        );
        assert!(jobs.begin(JobName::Verify, |_| ()).is_ok(), "another may run");
        for done in 0..=1_000 {
            assert!(job.at(done, Some(1_000)).is_continue(), "nobody stopped it");
        }
        let told = lock(&heard).clone();
        assert_eq!(told.first(), Some(&0), "the page hears of its beginning");
        assert_eq!(told.last(), Some(&1_000), "and of its end");
        assert!(told.len() < 100, "and not of each step: {}", told.len());
        jobs.stop(JobName::Export);
        assert!(job.at(1, None).is_break(), "it ends at its next step");
        drop(job);
        jobs.stop(JobName::Export);
        let again = jobs.begin(JobName::Export, |_| ()).unwrap();
        assert!(
            again.at(0, None).is_continue(),
            "what stopped the last one does not stop this one"
        );
    }
}
