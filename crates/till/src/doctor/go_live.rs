//! The go-live list: what a shop needs before Safaricom prompts its customers, with where each item is said.
//!
//! The one place of its text: the window prints it, `keshiactl doctor --list` writes it, and
//! `docs/go-live.md` is made from it.

use serde::Serialize;
use ts_rs::TS;

use super::Words;
use super::owner::{Can, TillOwner};

/// One thing to have or to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Item {
    /// What, in two or three words.
    pub title: Words,
    /// What exactly, and where it is got.
    pub text: Words,
    /// Who says so.
    pub source: String,
}

/// The list for one kind of number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GoLive {
    /// Who owns the number; none while nobody said.
    pub owner: Option<TillOwner>,
    /// Every owner with its name, for a choice.
    pub owners: Vec<OwnerWords>,
    /// What to have or to do, in order.
    pub items: Vec<Item>,
}

/// One kind of owner, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnerWords {
    /// Which.
    pub owner: TillOwner,
    /// What it is called.
    pub title: Words,
    /// What it means for prompts, notices and the list.
    pub meaning: Words,
    /// Whether they can work.
    pub can: Can,
}

impl GoLive {
    /// The list for this owner; without one, that of a shop with a number of its own.
    #[must_use]
    pub fn of(owner: Option<TillOwner>) -> Self {
        let owners = TillOwner::ALL
            .map(|owner| OwnerWords {
                owner,
                title: owner.title(),
                meaning: owner.meaning(),
                can: owner.can(),
            })
            .to_vec();
        let items = match owner.map_or(Can::Yes, TillOwner::can) {
            Can::Yes => own_items(),
            Can::Ask => std::iter::once(agreement()).chain(own_items()).collect(),
            Can::No => vec![apply()],
        };
        Self { owner, owners, items }
    }

    /// As plain text with a box before each item, to print or to send.
    #[must_use]
    pub fn text(&self, swahili: bool) -> String {
        let say = |words: &Words| {
            if swahili {
                words.sw.clone()
            } else {
                words.en.clone()
            }
        };
        let mut lines = vec![say(&title()), String::new()];
        let told = self
            .owners
            .iter()
            .filter(|words| self.owner.is_none_or(|owner| owner == words.owner));
        for owner in told {
            lines.push(format!("{}: {}", say(&owner.title), say(&owner.meaning)));
        }
        for item in &self.items {
            lines.push(format!("\n[ ] {}. {}", say(&item.title), say(&item.text)));
            lines.push(format!("    ({})", item.source));
        }
        lines.join("\n")
    }
}

/// The page `docs/go-live.md`.
#[must_use]
pub fn document() -> String {
    let mut page = String::from(
        "# Going live with Safaricom\n\n<!-- Made from crates/till/src/doctor/go_live.rs and owner.rs; a test compares. -->\n\n\
         `keshiactl doctor --list` prints this list for one kind of number, in English or (`--language sw`) in Swahili; \
         the window prints it in *Settings, Set-up doctor*. `keshiactl doctor --phone 07…` then tries each thing.\n\n\
         ## Who owns the number\n\n| number | prompts, notices, list | what it means |\n|---|---|---|\n",
    );
    for owner in TillOwner::ALL {
        let can = match owner.can() {
            Can::Yes => "yes",
            Can::Ask => "only through its owner",
            Can::No => "no",
        };
        let (title, meaning) = (owner.title().en, owner.meaning().en);
        page.push_str(&format!("| {title} | {can} | {meaning} |\n"));
    }
    page.push_str("\nA prompt names a paybill or a till as its receiver, and nothing else (Daraja portal, M-PESA Express, TransactionType). \
                   Addresses of another company show as *Duplicate notification info* (Daraja portal, Customer To Business, errors).\n\n## The list\n");
    let lists: [(&str, Vec<Item>); 3] = [
        ("A number of the shop's own", own_items()),
        (
            "Before that, for a number of a bank or a payment company",
            vec![agreement()],
        ),
        ("Instead, for Pochi la Biashara", vec![apply()]),
    ];
    for (head, items) in lists {
        page.push_str(&format!("\n### {head}\n\n"));
        for item in items {
            page.push_str(&format!(
                "- **{}.** {} *({})*\n",
                item.title.en, item.text.en, item.source
            ));
        }
    }
    page
}

/// What stands over the list.
pub(super) fn title() -> Words {
    Words::new("Going live with Safaricom", "Kuanza kutumia Safaricom")
}

fn item(title: (&str, &str), en: &str, sw: &str, source: &str) -> Item {
    Item {
        title: Words::new(title.0, title.1),
        text: Words::new(en, sw),
        source: source.to_owned(),
    }
}

fn agreement() -> Item {
    item(
        ("The owner’s yes", "Ruhusa ya mwenye nambari"),
        "The bank or company that owns the number takes it live for the shop, and gives its keys and passkey. Without this nothing below can be done.",
        "Benki au kampuni yenye nambari inaipitisha go-live kwa niaba ya duka, na inatoa funguo na passkey zake. Bila hii hakuna kilicho chini kinachoweza kufanyika.",
        "Daraja portal, M-PESA Express, Go Live: an administrator of the short code confirms it",
    )
}

fn apply() -> Item {
    item(
        ("A till of the shop’s own", "Till ya duka lenyewe"),
        "Apply for Lipa na M-PESA Buy Goods at a Safaricom shop or on its business page; money is settled to the shop’s bank account. Then print this list again.",
        "Omba Lipa na M-PESA Buy Goods kwenye duka la Safaricom au ukurasa wake wa biashara; pesa huenda akaunti ya benki ya duka. Kisha chapisha orodha hii tena.",
        "Daraja portal, M-PESA Express: receivers are paybills and tills",
    )
}

fn own_items() -> Vec<Item> {
    vec![
        item(
            ("Head-office number and bank", "Nambari ya head office na benki"),
            "The till or paybill is in the shop’s name, a till has a head-office (store) number, and its money is settled to a bank account.",
            "Till au paybill iko kwa jina la duka, till ina nambari ya head office (store), na pesa zake huenda akaunti ya benki.",
            "Daraja portal, M-PESA Express and Customer To Business, Go Live",
        ),
        item(
            ("Portal administrator", "Msimamizi wa tovuti"),
            "A person with the role Business Administrator or Business Manager on the M-PESA organisation portal (org.ke.m-pesa.com), active, with own e-mail and phone. If there is none, ask Safaricom by letter.",
            "Mtu mwenye jukumu la Business Administrator au Business Manager kwenye tovuti ya M-PESA ya mashirika (org.ke.m-pesa.com), akiwa active, na barua pepe na simu yake. Kama hayupo: omba Safaricom kwa barua.",
            "Daraja portal, Go Live; cloudrebue.co.ke, How to go live on Daraja",
        ),
        item(
            ("Daraja account", "Akaunti ya Daraja"),
            "An account on developer.safaricom.co.ke, with an app that was tried on the sandbox.",
            "Akaunti kwenye developer.safaricom.co.ke, yenye app iliyojaribiwa kwenye sandbox.",
            "Daraja portal, M-PESA Express, Getting Started",
        ),
        item(
            ("Go-live code", "Code ya go-live"),
            "On the Daraja portal choose Go Live, verify by short code, and type the administrator’s user name; a code goes to the administrator’s phone or e-mail. The short code is the paybill, or the till’s store number, never the number on the sticker.",
            "Kwenye tovuti ya Daraja chagua Go Live, thibitisha kwa short code, na uandike jina la msimamizi; code inaenda kwenye simu au barua pepe ya msimamizi. Short code ni paybill, au nambari ya store ya till, si nambari ya stika.",
            "Daraja portal, Go Live and M-PESA Express FAQ 10; github.com/scedar/m-pesa_going_live; cloudrebue.co.ke",
        ),
        item(
            ("Production app and its keys", "App ya production na funguo zake"),
            "After Go Live a production app stands under My Apps, with M-PESA Express (and Customer To Business) among its products: copy its consumer key and secret. Keys of the sandbox do not work here.",
            "Baada ya Go Live app ya production inaonekana kwenye My Apps, ikiwa na M-PESA Express (na Customer To Business): nakili consumer key na secret zake. Funguo za sandbox hazifanyi kazi hapa.",
            "Daraja portal, Authorization",
        ),
        item(
            ("Passkey", "Passkey"),
            "It comes by e-mail to the account that went live, for this very short code.",
            "Inakuja kwa barua pepe ya akaunti iliyopitia go-live, kwa short code hii hii.",
            "Daraja portal, M-PESA Express, Go Live; documentation of the Dart package lipa_na_mpesa_online",
        ),
        item(
            ("List of payments", "Orodha ya malipo"),
            "Ask apisupport@safaricom.co.ke for Pull Transactions; it needs a number that is live with Customer To Business, and a phone of the shop’s. Then run keshiactl pull-register once.",
            "Omba Pull Transactions kwa apisupport@safaricom.co.ke; inahitaji nambari iliyo live na Customer To Business, na simu ya duka. Kisha endesha keshiactl pull-register mara moja.",
            "Daraja portal, Pull Transactions",
        ),
        item(
            (
                "Addresses for payments (may be left out)",
                "Anwani za malipo (si lazima)",
            ),
            "Only with a relay or a server of your own: https, without the words that Safaricom refuses. Production registers once.",
            "Ukiwa na relay au seva yako tu: https, bila maneno yanayokataliwa na Safaricom. Production husajili mara moja tu.",
            "Daraja portal, Customer To Business Register URL",
        ),
        item(
            ("The test of KSh 1", "Jaribio la KSh 1"),
            "A wrong pair of store and till shows only at the end of a real prompt, as 2028 or SFC_IC0003: let the doctor send one.",
            "Nambari za store na till zisizoendana huonekana mwishoni mwa ombi halisi tu, kama 2028 au SFC_IC0003: mwache daktari atume moja.",
            "Daraja portal, M-PESA Express, result codes",
        ),
    ]
}
