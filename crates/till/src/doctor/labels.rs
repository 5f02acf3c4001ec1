//! What stands on the doctor's screens beside the findings. They come with the first answer, so that the
//! window carries no words for screens that a shop opens once.

use serde::Serialize;
use ts_rs::TS;

use super::Words;

/// The words, named by what they are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "each stands beside its words below")]
pub struct Labels {
    pub title: Words,
    pub owner: Words,
    pub print: Words,
    pub phone: Words,
    pub shilling: Words,
    pub start: Words,
    pub stop: Words,
    pub stopped: Words,
    pub trying: Words,
    pub waiting: Words,
    pub not_tried: Words,
    pub good: Words,
    pub neutral: Words,
    pub fix: Words,
    pub not_known: Words,
    pub addresses: Words,
    pub addresses_note: Words,
    pub confirmation: Words,
    pub validation: Words,
    pub unanswered: Words,
    pub completed: Words,
    pub cancelled: Words,
    pub version: Words,
    pub once: Words,
    pub register: Words,
    pub play: Words,
    pub play_note: Words,
    pub play_phone: Words,
    pub play_go: Words,
    pub list: Words,
}

/// All of them; `practice`: no money moves. On Safaricom's sandbox it does: a real phone is really asked
/// (Deval123/nkap, provider notes).
#[must_use]
pub fn labels(practice: bool) -> Labels {
    let w = |en: &str, sw: &str| Words::new(en, sw);
    let shilling = if practice {
        w(
            "KSh 1 of play money is asked from this phone, and it is a sale in the practice book. Left empty, no phone is asked.",
            "KSh 1 ya mchezo inaombwa kutoka kwenye simu hii, na ni mauzo kwenye kitabu cha mazoezi. Ukiacha wazi, hakuna simu itakayoombwa.",
        )
    } else {
        w(
            "One shilling is really paid from this phone, and it is a sale in the book. Left empty, no phone is asked.",
            "Shilingi moja inalipwa kweli kutoka kwenye simu hii, na ni mauzo kwenye kitabu. Ukiacha wazi, hakuna simu itakayoombwa.",
        )
    };
    Labels {
        title: w("Set-up doctor", "Daktari wa mipangilio"),
        owner: w(
            "Who owns the number that customers pay to?",
            "Nani mwenye nambari ambayo wateja wanalipa?",
        ),
        print: w("Print the list", "Chapisha orodha"),
        phone: w("Your phone, for the test", "Simu yako, kwa jaribio"),
        shilling,
        start: w("Start", "Anza"),
        stop: w("Stop", "Simamisha"),
        stopped: w(
            "Stopped. A prompt that was sent goes on: it is on the roll.",
            "Imesimamishwa. Ombi lililotumwa linaendelea: liko kwenye orodha.",
        ),
        trying: w("Trying…", "Inajaribu…"),
        waiting: w(
            "Sent to the phone: type the PIN there…",
            "Limetumwa kwenye simu: weka PIN hapo…",
        ),
        not_tried: w("Not tried yet", "Bado haijajaribiwa"),
        good: w("Works", "Inafanya kazi"),
        neutral: w("Nothing to do", "Hakuna la kufanya"),
        fix: w("Put right", "Rekebisha"),
        not_known: w("Not known yet", "Bado haijulikani"),
        addresses: w("Addresses for payments", "Anwani za malipo"),
        addresses_note: w(
            "For a shop with a relay or a server of its own: Safaricom tells these addresses of every payment. Without one nothing is to be done here.",
            "Kwa duka lenye relay au seva yake: Safaricom hutaarifu anwani hizi kuhusu kila malipo. Bila hiyo hakuna la kufanya hapa.",
        ),
        confirmation: w(
            "Told of every payment (confirmation)",
            "Hutaarifiwa kila malipo (confirmation)",
        ),
        validation: w(
            "Asked before a payment (validation)",
            "Huulizwa kabla ya malipo (validation)",
        ),
        unanswered: w("When the second does not answer", "Anwani ya pili isipojibu"),
        completed: w("The payment goes through", "Malipo yanapita"),
        cancelled: w("The payment is cancelled", "Malipo yanaghairiwa"),
        version: w("Version of Customer To Business", "Toleo la Customer To Business"),
        once: w(
            "With real money Safaricom registers a number once only: read both addresses again first. Later changes go through the Daraja portal.",
            "Kwa pesa halisi Safaricom husajili nambari mara moja tu: soma anwani zote mbili tena kwanza. Mabadiliko ya baadaye hufanyika kwenye tovuti ya Daraja.",
        ),
        register: w("Register", "Sajili"),
        play: w("Play a customer", "Igiza mteja"),
        play_note: w(
            "A played customer pays the shop from this phone; no money moves. The payment shows on the roll when the list is read.",
            "Mteja wa mchezo analipa duka kutoka simu hii; hakuna pesa inayohama. Malipo yanaonekana orodha ya malipo ikisomwa.",
        ),
        play_phone: w("Phone number", "Nambari ya simu"),
        play_go: w("Play the payment", "Igiza malipo"),
        list: super::go_live::title(),
    }
}
