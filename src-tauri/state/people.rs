//! Who may do what beside the book: the same table as inside it.

use std::sync::Arc;

use tauri::{AppHandle, Runtime};
use till::TillError;
use till::people::{Act, pepper};

use super::{Shell, no_book};
use crate::open::blocking;

impl Shell {
    /// Asks the table about an act beside the book, and writes it down before it is tried. Without an open book
    /// there is nothing to protect yet: a book that tells people apart is opened as it is ([`crate::open`]).
    ///
    /// # Errors
    /// Those of [`till::engine::Engine::may`], or the disk's trouble.
    pub(crate) async fn acts<R: Runtime>(&self, app: &AppHandle<R>, act: Act) -> Result<(), TillError> {
        self.ready(app).await;
        let Ok(till) = self.till_of_book() else {
            return Ok(());
        };
        till.call(move |engine, now| Ok((engine.acted(act, None, now)?, Vec::new())))
            .await
    }

    /// As [`Self::acts`], for what is only looked at.
    ///
    /// # Errors
    /// As there.
    pub(crate) async fn looks<R: Runtime>(&self, app: &AppHandle<R>, act: Act) -> Result<(), TillError> {
        self.ready(app).await;
        let Ok(till) = self.till_of_book() else {
            return Ok(());
        };
        till.call(move |engine, now| Ok((engine.looks(act, now)?, Vec::new())))
            .await
    }

    /// Whether the open book tells people apart and nobody is here.
    ///
    /// # Errors
    /// [`till::Code::Locked`].
    pub(crate) async fn unlocked(&self) -> Result<(), TillError> {
        match self.till_of_book() {
            Ok(till) => till.look(|engine, now| engine.may(Act::Sell, now)).await,
            Err(_) => Ok(()),
        }
    }

    /// Sees that the engine of the open book has a pepper, made if there is none.
    ///
    /// # Errors
    /// [`till::Code::NotAllowed`] at the doors, [`till::Code::Keyring`] when nothing keeps one.
    pub(crate) async fn pepper<R: Runtime>(&self, app: &AppHandle<R>) -> Result<(), TillError> {
        self.ready(app).await;
        let (till, kind, file_id) = {
            let open = self.open();
            let book = open.book.as_ref().ok_or_else(no_book)?;
            (book.till.clone(), book.kind, book.shop.file_id.clone())
        };
        let places = Arc::clone(self.places());
        let pepper = blocking(move || pepper::read_or_make(kind, || (places.secrets)(&file_id))).await?;
        till.call(move |engine, _| {
            engine.set_pepper(Some(pepper));
            Ok(((), Vec::new()))
        })
        .await
    }
}
