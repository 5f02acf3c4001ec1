//! The open book's file, and acts that need it closed.

use std::path::PathBuf;

use tauri::{AppHandle, Runtime};
use till::TillError;
use till::backup::Backups;
use till::files::{FileKind, FileLock};

use super::{Shell, no_book};
use crate::open::blocking;

/// Work on a book that nobody uses; may block.
pub(crate) type OnBook = Box<dyn FnOnce(&Backups, &FileLock) -> Result<(), TillError> + Send>;

impl Shell {
    /// Where the open book is.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`till::Code::NotAllowed`] at the doors.
    pub(crate) async fn book_file<R: Runtime>(&self, app: &AppHandle<R>) -> Result<PathBuf, TillError> {
        self.ready(app).await;
        let kind = self
            .open()
            .book
            .as_ref()
            .map(|book| book.kind)
            .ok_or_else(no_book)?;
        Ok(self.places.data.clone()?.database(kind))
    }

    /// The open book's id in the key store.
    ///
    /// # Errors
    /// As [`Self::book_file`].
    pub(crate) async fn shop_id<R: Runtime>(&self, app: &AppHandle<R>) -> Result<String, TillError> {
        let (_, shop, _) = self.connection(app).await?;
        Ok(shop.file_id)
    }

    /// The book that would be opened.
    ///
    /// # Errors
    /// There is no folder.
    pub(crate) fn last_real_kind(&self) -> Result<FileKind, TillError> {
        Ok(self.last_kind()?.unwrap_or_else(|| self.real_kind()))
    }

    /// Closes the book, works on its file, and opens what is there then.
    ///
    /// # Errors
    /// What the work says, after the book as it was has been opened again; or why it cannot be opened.
    pub(crate) async fn with_book_closed<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        kind: FileKind,
        work: OnBook,
    ) -> Result<(), TillError> {
        let was_open = self.open().book.as_ref().map(|book| book.kind);
        let done = self.work_closed(app, kind, work).await;
        match (&done, was_open) {
            (Ok(()), _) => self.switch(app, kind, Box::new(|_| Ok(()))).await?,
            (Err(_), Some(kind)) => self.switch(app, kind, Box::new(|_| Ok(()))).await?,
            (Err(_), None) => {}
        }
        done
    }

    /// The same, and shows the doors then.
    ///
    /// # Errors
    /// What the work says.
    pub(crate) async fn put_aside<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        kind: FileKind,
        work: OnBook,
    ) -> Result<(), TillError> {
        self.work_closed(app, kind, work).await?;
        self.leave(app).await
    }

    async fn work_closed<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        kind: FileKind,
        work: OnBook,
    ) -> Result<(), TillError> {
        let data = self.places.data.clone()?;
        let _changing = self.changing.lock().await;
        let problem = self.open().problem.clone();
        self.replace(app, None).await;
        let done = blocking(move || {
            let lock = data.lock(kind)?;
            work(&Backups::of(&data, kind), &lock)
        })
        .await;
        if done.is_err() {
            // Whatever kept the book closed before still does.
            self.open().problem = problem;
        }
        done
    }
}
