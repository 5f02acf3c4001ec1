//! Everything that is kept about one customer, for that customer; and its erasure, which leaves book and chain whole:
//! they know the customer by a random id only.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::Engine;
use crate::clock::{Now, east_africa};
use crate::error::{Code, TillError};
use crate::people::Act;
use crate::policy::{CUSTOMER_FILES_KEPT_DAYS, DAILY_COPIES_KEPT};
use crate::store::customer::{self, CustomerRow};
use crate::store::{act, debt};
use crate::view::{DebtLineKind, DebtStatementView};

impl Engine {
    /// A readable text with all that is kept about one customer. That it was made is written down.
    ///
    /// # Errors
    /// [`Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn personal_data(&mut self, id: &str, now: Now) -> Result<String, TillError> {
        self.may(Act::PersonalData, now)?;
        let row = customer::get(self.store.read(), id)?;
        let story = self.story_of(id)?;
        let shop = self.shop_name()?;
        let text = text_of(self.store.read(), &shop, &row, &story, now)?;
        let permit = self.permit(Act::PersonalData, now)?;
        let ids = &mut self.ids;
        self.store
            .write(|tx| permit.write(tx, ids, (Some(id), None), None, now))?;
        Ok(text)
    }

    /// Erases name, phone and every free word about one customer, and cuts the phone in prompts and payments down to
    /// three digits. Sums, sales and the chain stay as they are.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] while something is owed or a prompt of the customer's may be alive, [`Code::NotFound`],
    /// those of [`Self::may`], or the disk's trouble.
    pub fn erase_customer(&mut self, id: &str, now: Now) -> Result<(), TillError> {
        self.may(Act::PersonalData, now)?;
        let conn = self.store.read();
        let row = customer::get(conn, id)?;
        if !debt::balance(conn, id)?.is_zero() || !debt::under_way(conn, id)?.is_zero() {
            return Err(TillError::new(
                Code::NotAllowed,
                "This customer still owes something: let it be paid off, or write it off, then erase.",
            ));
        }
        let alive = |push: &crate::push::Push| push.state.blocks() && push.msisdn.whole() == Some(&row.phone);
        if self.watches.values().any(|watch| alive(&watch.push)) {
            return Err(TillError::new(
                Code::NotAllowed,
                "A prompt may still be alive on this customer's phone: wait for its end, then erase.",
            ));
        }
        let permit = self.permit(Act::PersonalData, now)?;
        let ids = &mut self.ids;
        self.store.erase(|tx| {
            customer::erase(tx, &row)?;
            permit.write(tx, ids, (Some(id), None), None, now)
        })
    }
}

fn text_of(
    conn: &Connection,
    shop: &str,
    row: &CustomerRow,
    story: &DebtStatementView,
    now: Now,
) -> Result<String, TillError> {
    let mut text = format!(
        "What {shop} keeps about one customer · Yanayohifadhiwa kuhusu mteja mmoja\n\
         Written · Imeandikwa: {}\n\n\
         Name · Jina: {}\n\
         Phone · Simu: {}\n\
         May owe at most · Deni lisizidi: KSh {}\n\
         Agreed to be kept · Alikubali: {}{}\n\
         Owed now · Deni la sasa: KSh {}\n",
        time(now.utc),
        row.name,
        row.phone.local(),
        row.limit,
        time(row.agreed_at),
        story
            .customer
            .agreed_with
            .as_deref()
            .map(|name| format!(", {name}"))
            .unwrap_or_default(),
        story.customer.owed
    );
    text.push_str("\nStatement · Taarifa ya deni\n");
    for line in &story.lines {
        // Writing into a text cannot fail.
        let _ = writeln!(
            text,
            "{}  {:<28} {:<13} {:>12} {:>12}  {}",
            time(line.at),
            words(line.kind),
            line.reference.as_deref().unwrap_or_default(),
            line.amount.to_string(),
            line.balance.to_string(),
            line.reason.as_deref().unwrap_or_default()
        );
    }
    text.push_str("\nPrompts to this phone that are kept whole · Maombi yaliyotumwa kwa simu hii\n");
    for prompt in customer::prompts(conn, &row.phone)? {
        let _ = writeln!(
            text,
            "{}  KSh {:<12} {}  {}",
            time(prompt.at),
            prompt.amount.to_string(),
            prompt.reference,
            prompt.receipt.as_deref().unwrap_or_default()
        );
    }
    text.push_str("\nWhat was done with this entry · Yaliyofanywa\n");
    for done in act::about(conn, &row.id)? {
        let _ = writeln!(text, "{}  {}", time(done.at), done.act.word());
    }
    text.push_str(&kept_besides());
    Ok(text)
}

fn kept_besides() -> String {
    format!(
        "\nCopies of the book that are older than an erasure still hold what stood in it then. On this PC they are kept \
         for {DAILY_COPIES_KEPT} days.\nNakala za kitabu za kabla ya kufuta bado zina yaliyokuwemo. Kwenye kompyuta hii \
         zinawekwa siku {DAILY_COPIES_KEPT}.\n\nThis file is deleted on this PC after {CUSTOMER_FILES_KEPT_DAYS} days. \
         Faili hili linafutwa kwenye kompyuta hii baada ya siku {CUSTOMER_FILES_KEPT_DAYS}.\n"
    )
}

const fn words(kind: DebtLineKind) -> &'static str {
    match kind {
        DebtLineKind::Given => "On credit · Kwa deni",
        DebtLineKind::GivenUp => "Sale voided · Yamefutwa",
        DebtLineKind::Refunded => "Refund · Marejesho",
        DebtLineKind::PaidOff => "Paid off · Limelipwa",
        DebtLineKind::OwedAgain => "Owed again · Linadaiwa tena",
        DebtLineKind::WrittenOff => "Written off · Limesamehewa",
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.with_timezone(&east_africa())
        .format("%d.%m.%Y %H:%M")
        .to_string()
}
