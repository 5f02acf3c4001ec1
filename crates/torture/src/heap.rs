//! What happens next: a heap of events, and the order in which they were thought of for those at one moment.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Events by time.
#[derive(Debug)]
pub(crate) struct Heap<E> {
    entries: BinaryHeap<Reverse<Entry<E>>>,
    next: u64,
}

#[derive(Debug)]
struct Entry<E> {
    at_ms: i64,
    order: u64,
    event: E,
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        (self.at_ms, self.order) == (other.at_ms, other.order)
    }
}

impl<E> Eq for Entry<E> {}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Entry<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at_ms, self.order).cmp(&(other.at_ms, other.order))
    }
}

impl<E> Heap<E> {
    pub(crate) const fn new() -> Self {
        Self {
            entries: BinaryHeap::new(),
            next: 0,
        }
    }

    pub(crate) fn push(&mut self, at_ms: i64, event: E) {
        let order = self.next;
        self.next = self.next.wrapping_add(1);
        self.entries.push(Reverse(Entry { at_ms, order, event }));
    }

    pub(crate) fn pop(&mut self) -> Option<(i64, E)> {
        self.entries
            .pop()
            .map(|Reverse(entry)| (entry.at_ms, entry.event))
    }
}
