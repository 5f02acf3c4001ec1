//! Pairing the open book with a relay, and its part among several counters.

use std::sync::Arc;

use relay_wire::Pairing;
use till::driver::{OwnersLink, RelayClient};
use till::engine::Sharing;
use till::shop::Shop;
use till::{Code, TillError};

use super::{Shell, no_book};
use crate::open::{self, blocking};
use crate::practice::Practice;
use crate::relay;

impl Shell {
    /// The way to the relay of the open book.
    pub(crate) fn relay_client(&self) -> Option<RelayClient> {
        let open = self.open();
        let (client, _) = open.book.as_ref()?.relay.as_ref()?;
        Some(client.clone())
    }

    /// Where the relay of the open book is.
    pub(crate) fn relay_address(&self) -> Option<String> {
        let open = self.open();
        let relay = open.book.as_ref()?.shop.relay.as_ref()?;
        Some(relay.address.clone())
    }

    /// Joins a relay: keys into the key store, its address into the book, and reads from now on.
    ///
    /// # Errors
    /// What the relay says, [`Code::Keyring`], [`Code::PushLive`] while a prompt is under way whose result would
    /// go to the old address, or the disk's trouble.
    pub(crate) async fn pair(&self, line: &Pairing) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        let kind = self
            .open()
            .book
            .as_ref()
            .map(|book| book.kind)
            .ok_or_else(no_book)?;
        self.nothing_under_way(kind).await?;
        let mut shop = self.shop()?;
        let name = if shop.name.is_empty() {
            "Keshia"
        } else {
            &shop.name
        };
        let paired = RelayClient::pair(line, name).await?;
        shop.relay = Some(paired.address.clone());
        shop.counter = paired.answer.letter;
        if line.secret.is_some() {
            // The counter that made the line is there already.
            shop.sharing = Sharing::Claims;
        }
        let (places, kept, keys) = (Arc::clone(self.places()), shop.clone(), paired.keys.clone());
        blocking(move || relay::keep(&places, &kept, &keys)).await?;
        let cursor = paired.answer.cursor;
        self.till_of_book()?
            .call(move |engine, _| Ok((engine.relay_begins(cursor)?, Vec::new())))
            .await?;
        let client = RelayClient::new(paired.address, paired.keys)?;
        self.put_shop(shop, Some(client)).await
    }

    /// Ends the pairing on this side, and takes the owner's page away if this counter wrote it.
    ///
    /// # Errors
    /// [`Code::PushLive`] while a prompt is under way, or the disk's trouble.
    pub(crate) async fn unpair(&self) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        let kind = self
            .open()
            .book
            .as_ref()
            .map(|book| book.kind)
            .ok_or_else(no_book)?;
        self.nothing_under_way(kind).await?;
        let mut shop = self.shop()?;
        shop.relay = None;
        if shop.sharing == Sharing::Claims {
            // Without the relay nobody settles between counters: nothing is attached that may be another's.
            shop.sharing = Sharing::OwnOnly;
        }
        let client = self.relay_client();
        let (places, kept) = (Arc::clone(self.places()), shop.clone());
        let wrote_page = blocking(move || {
            relay::forget(&places, &kept);
            Ok(relay::owners_link(&places, &kept).is_some())
        })
        .await?;
        self.put_shop(shop, None).await?;
        if let Some(client) = client.filter(|_| wrote_page)
            && let Err(error) = client.drop_day().await
        {
            // Without internet too a counter may leave: the relay drops a page that nobody writes any more.
            tracing::warn!("the owner's page stays for two weeks: {error}");
        }
        self.till_of_book()?
            .call(|engine, now| Ok(((), engine.relay_link(None, now))))
            .await
    }

    /// This counter's part among several, as it must be from now on.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) async fn share(&self, sharing: Sharing) -> Result<(), TillError> {
        self.change_counter(move |shop| shop.sharing = sharing).await
    }

    /// Changes what the engine knows of this counter.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for claims without a relay, or the disk's trouble; nothing has changed then.
    pub(crate) async fn change_counter(
        &self,
        change: impl FnOnce(&mut Shop) + Send,
    ) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        let mut shop = self.shop()?;
        change(&mut shop);
        if shop.sharing == Sharing::Claims && shop.relay.is_none() {
            return Err(TillError::new(
                Code::NotAllowed,
                "Counters can settle between each other only through a relay: pair with one first.",
            ));
        }
        let kept = shop.clone();
        self.till_of_book()?
            .call(move |engine, _| Ok((engine.save_shop(&kept)?, Vec::new())))
            .await?;
        if let Some(book) = &mut self.open().book {
            book.shop = shop;
        }
        Ok(())
    }

    /// A new link for the owner's phone; the one before shows nothing any more.
    ///
    /// # Errors
    /// [`Code::NotConnected`] without a relay, what the relay says, [`Code::Keyring`].
    pub(crate) async fn make_owners_link(&self) -> Result<String, TillError> {
        let _changing = self.changing.lock().await;
        let client = self.client_or_refuse()?;
        client.drop_day().await?;
        let link = OwnersLink::new()?;
        self.put_owners_link(client.clone(), Some(link.clone())).await?;
        Ok(client.owners_address(&link))
    }

    /// Takes the owner's page away.
    ///
    /// # Errors
    /// As for [`Self::make_owners_link`].
    pub(crate) async fn drop_owners_link(&self) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        let client = self.client_or_refuse()?;
        client.drop_day().await?;
        self.put_owners_link(client, None).await
    }

    fn client_or_refuse(&self) -> Result<RelayClient, TillError> {
        self.relay_client()
            .ok_or_else(|| TillError::new(Code::NotConnected, "This counter has no relay to show a page."))
    }

    async fn put_owners_link(&self, client: RelayClient, link: Option<OwnersLink>) -> Result<(), TillError> {
        let (places, shop, kept) = (Arc::clone(self.places()), self.shop()?, link.clone());
        blocking(move || relay::keep_owners_link(&places, &shop, kept.as_ref())).await?;
        let till = self.till_of_book()?;
        let reads = relay::link(&till, client, link);
        if let Some(book) = &mut self.open().book {
            book.relay = Some(reads);
        }
        Ok(())
    }

    /// Writes the shop, changes where results are to be posted, and who is read.
    async fn put_shop(&self, shop: Shop, client: Option<RelayClient>) -> Result<(), TillError> {
        let (till, kind, practice, log) = {
            let open = self.open();
            let book = open.book.as_ref().ok_or_else(no_book)?;
            (
                book.till.clone(),
                book.kind,
                book.practice.as_ref().map(Practice::url),
                book.log.clone(),
            )
        };
        let kept = shop.clone();
        till.call(move |engine, _| Ok((engine.save_shop(&kept)?, Vec::new())))
            .await?;
        let (places, known) = (Arc::clone(self.places()), shop.clone());
        let (line, owner) = blocking(move || {
            let line = open::line(&places, kind, &known, practice.as_deref(), log)?;
            Ok((line, relay::owners_link(&places, &known)))
        })
        .await?;
        till.connect(line.port.clone(), line.pull);
        let link = client.map(|client| relay::link(&till, client, owner));
        if link.is_none() {
            till.pair(None);
        }
        if let Some(book) = &mut self.open().book {
            book.shop = shop;
            book.line = line;
            book.relay = link;
        }
        Ok(())
    }

    fn shop(&self) -> Result<Shop, TillError> {
        self.open()
            .book
            .as_ref()
            .map(|book| book.shop.clone())
            .ok_or_else(no_book)
    }

    pub(super) fn till_of_book(&self) -> Result<till::driver::Till, TillError> {
        self.open()
            .book
            .as_ref()
            .map(|book| book.till.clone())
            .ok_or_else(no_book)
    }
}
