//! Somebody who knows the relay's address posts what never happened.

use relay_wire::{Kind, Mark};

use crate::day::Day;
use crate::line::{ShopKind, lock};
use crate::relay::path_of;

/// The body of a C2B confirmation (Daraja portal, Customer To Business; its keys in Safaricom's order).
fn confirmation(receipt: &str, at: &str, shillings: i64, short_code: &str, msisdn: &str) -> String {
    let (first, last) = (msisdn.get(..4).unwrap_or(""), msisdn.get(9..).unwrap_or(""));
    format!(
        r#"{{"TransactionType":"Customer Merchant Payment","TransID":"{receipt}","TransTime":"{at}","TransAmount":"{shillings}.00","BusinessShortCode":"{short_code}","BillRefNumber":"","InvoiceNumber":"","OrgAccountBalance":"","ThirdPartyTransID":"","MSISDN":"{first} ***** {last}","FirstName":"JOHN","MiddleName":"","LastName":""}}"#
    )
}

/// The body of a push's result (Daraja portal, M-PESA Express).
fn result(receipt: &str, at: &str, shillings: i64, msisdn: &str) -> String {
    format!(
        r#"{{"Body":{{"stkCallback":{{"MerchantRequestID":"1","CheckoutRequestID":"ws_CO_1","ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{{"Item":[{{"Name":"Amount","Value":{shillings}}},{{"Name":"MpesaReceiptNumber","Value":"{receipt}"}},{{"Name":"Balance"}},{{"Name":"TransactionDate","Value":{at}}},{{"Name":"PhoneNumber","Value":{msisdn}}}]}}}}}}}}"#
    )
}

impl Day {
    /// One forged post of some kind.
    pub(crate) fn forges(&mut self) {
        let Some(mut relay) = self.relay.take() else {
            return;
        };
        // He sees what the shop sells for, and who stands there.
        let visit = self.visits.iter().rev().find(|visit| !visit.over);
        let shillings = visit.map_or(100, |visit| visit.shillings);
        let phone = visit
            .and_then(|visit| self.people.get(visit.person))
            .map_or_else(|| "254700000001".to_owned(), |person| person.msisdn.clone());
        let receipt = self.false_code();
        self.forged.push(receipt.clone());
        let (at, paid_to) = (self.printed_now(), self.short_code());
        let untrue = confirmation(&receipt, &at, shillings, paid_to, &phone);
        let paid = result(&receipt, &at, shillings, &phone);
        let newest = lock(&self.outside)
            .world
            .pushes()
            .last()
            .map(|push| path_of(&push.callback_url));
        let newest = newest.unwrap_or_else(|| "nobody/knows".into());
        let nowhere = String::new;
        let (kind, path, marks, body) = match self.dice.below(8) {
            0 => (Kind::Open, nowhere(), vec![], untrue),
            1 => (Kind::Open, nowhere(), vec![], paid),
            2 => {
                let (push_id, _) = newest.split_once('/').unwrap_or_default();
                (Kind::Stk, format!("{push_id}/00000000000000000000"), vec![], paid)
            }
            3 => (
                Kind::Confirmation,
                nowhere(),
                vec![Mark::Shape],
                "{\"TransID\":".into(),
            ),
            4 => {
                let elsewhere = confirmation(&receipt, &at, shillings, "999999", &phone);
                (Kind::Confirmation, nowhere(), vec![], elsewhere)
            }
            // Somebody saw a real post pass and repeats it.
            5 => match relay.seen(&mut self.dice) {
                Some(seen) => {
                    let marks = [seen.marks, vec![Mark::Source]].concat();
                    (
                        seen.kind,
                        seen.path,
                        marks,
                        String::from_utf8_lossy(&seen.body).into(),
                    )
                }
                None => (Kind::Open, nowhere(), vec![], "{}".into()),
            },
            // An address got about: only where he posts from tells that it is not Safaricom.
            6 if relay.knows_sources() => (Kind::Confirmation, nowhere(), vec![Mark::Source], untrue),
            7 if relay.knows_sources() => (Kind::Stk, newest, vec![Mark::Source], paid),
            _ => (Kind::Open, nowhere(), vec![], "{}".into()),
        };
        relay.append(kind, path, marks, body.as_bytes(), self.now_ms);
        self.relay = Some(relay);
        self.report.act("forged posts", 1);
        self.relay_has_news();
    }

    /// He knows of a payment before Safaricom posts it, and tells another amount.
    pub(crate) fn forges_first(&mut self, receipt: &str, shillings: i64, msisdn: &str) {
        let body = confirmation(receipt, &self.printed_now(), shillings, self.short_code(), msisdn);
        let now_ms = self.now_ms;
        if let Some(relay) = self
            .relay
            .as_mut()
            .filter(|relay| relay.knows_sources() && !relay.down)
        {
            let marks = vec![Mark::Source];
            relay.append(Kind::Confirmation, String::new(), marks, body.as_bytes(), now_ms);
            self.report.act("forged posts", 1);
            self.relay_has_news();
        }
    }

    /// The number that customers pay to.
    pub(crate) const fn short_code(&self) -> &'static str {
        match self.auditor.kind {
            ShopKind::Paybill => "174379",
            ShopKind::Till => "600101",
        }
    }

    fn printed_now(&self) -> String {
        crate::line::utc(self.now_ms)
            .with_timezone(&till::clock::east_africa())
            .format("%Y%m%d%H%M%S")
            .to_string()
    }

    /// Ten characters as M-PESA would make them on this day, of no payment.
    fn false_code(&mut self) -> String {
        format!("UKOZZ{:05}", self.dice.below(100_000))
    }
}
