//! Why a token or a prompt did not come to its end, read for the one who sets the shop up: one sentence with
//! the fix. The counter has other words for the same reasons, because a cashier can fix none of this.

use super::Words;
use crate::push::Reason;

/// The sentence.
pub(super) fn fix(reason: Reason) -> Words {
    match reason {
        // The set-up's own mistakes.
        Reason::TillSetup => Words::new(
            "Safaricom took the prompt and then ended it: the numbers do not belong together (2028, SFC_IC0003). For a till type the store number of the go-live e-mail and the till number of the sticker; for a paybill choose Paybill.",
            "Safaricom ilipokea ombi kisha ikalimaliza: nambari haziendani (2028, SFC_IC0003). Kwa till andika nambari ya store ya barua pepe ya go-live na nambari ya till ya stika; kwa paybill chagua Paybill.",
        ),
        Reason::WrongShortCode => Words::new(
            "These keys belong to another number: type the short code that went live (for a till the store number, not the sticker’s).",
            "Funguo hizi ni za nambari nyingine: andika short code iliyopitia go-live (kwa till ni nambari ya store, si ya stika).",
        ),
        Reason::WrongPasskey => Words::new(
            "The passkey is not the one of this number: paste the passkey of the go-live e-mail for this very short code.",
            "Passkey si ya nambari hii: bandika passkey ya barua pepe ya go-live ya short code hii hii.",
        ),
        Reason::WrongKeys => Words::new(
            "Safaricom does not know these keys: copy consumer key and secret again from the production app under My Apps.",
            "Safaricom haizitambui funguo hizi: nakili tena consumer key na secret za app ya production kwenye My Apps.",
        ),
        Reason::NotOffered => Words::new(
            "M-PESA prompts are not switched on for this app: choose the product M-PESA Express at Go Live, or ask apisupport@safaricom.co.ke.",
            "Maombi ya M-PESA hayajawashwa kwa app hii: chagua M-PESA Express kwenye Go Live, au uliza apisupport@safaricom.co.ke.",
        ),
        Reason::BadRequest | Reason::BadAmount | Reason::BelowMinimum | Reason::AboveMaximum => Words::new(
            "Safaricom does not accept this request: check the shop’s numbers, then ask apisupport@safaricom.co.ke with the log of Settings.",
            "Safaricom haikubali ombi hili: kagua nambari za duka, kisha uliza apisupport@safaricom.co.ke ukituma kumbukumbu ya Mipangilio.",
        ),
        Reason::ShopAccountFull => Words::new(
            "The shop’s M-PESA account is full: move money to the bank, then start again.",
            "Akaunti ya M-PESA ya duka imejaa: hamisha pesa benki, kisha anza tena.",
        ),

        // The phone's side: the prompt arrived, or this phone cannot take one.
        Reason::Cancelled | Reason::Expired => Words::new(
            "The prompt reached the phone and was cancelled or left too long: start again and type the PIN.",
            "Ombi lilifika kwenye simu likaghairiwa au likaachwa sana: anza tena na uweke PIN.",
        ),
        // *234#: issues 29 and 30 of safaricom/LNMOnlineAndroidSample.
        Reason::NoAnswer | Reason::PromptFailed => Words::new(
            "The phone did not answer: it must be on and able to take prompts (dial *234# to update the SIM), or use another phone.",
            "Simu haikujibu: lazima iwe imewashwa na iweze kupokea maombi (piga *234# kusasisha SIM), au tumia simu nyingine.",
        ),
        Reason::WrongPin => Words::new(
            "The prompt reached the phone and a wrong PIN was typed: start again.",
            "Ombi lilifika kwenye simu na PIN isiyo sahihi ikawekwa: anza tena.",
        ),
        Reason::NoBalance => Words::new(
            "The prompt reached the phone, but it has not KSh 1: put money on it, or use another phone.",
            "Ombi lilifika kwenye simu, lakini haina KSh 1: weka pesa, au tumia simu nyingine.",
        ),
        Reason::DailyLimit | Reason::CustomerLocked => Words::new(
            "This phone’s M-PESA cannot pay today: use another phone.",
            "M-PESA ya simu hii haiwezi kulipa leo: tumia simu nyingine.",
        ),
        Reason::CustomerBusy | Reason::PhoneLocked => Words::new(
            "Another M-PESA request is open on this phone: wait a minute, then start again.",
            "Kuna ombi lingine la M-PESA kwenye simu hii: subiri dakika moja, kisha anza tena.",
        ),
        Reason::SameAgain => Words::new(
            "This phone paid KSh 1 less than two minutes ago: wait two minutes, then start again.",
            "Simu hii ililipa KSh 1 chini ya dakika mbili zilizopita: subiri dakika mbili, kisha anza tena.",
        ),
        Reason::BadPhone => Words::new(
            "Safaricom does not accept this phone number: use a Safaricom line with M-PESA.",
            "Safaricom haikubali nambari hii ya simu: tumia laini ya Safaricom yenye M-PESA.",
        ),

        // The way to Safaricom.
        Reason::NoNetwork => Words::new(
            "Safaricom cannot be reached: check the internet, then start again.",
            "Safaricom haipatikani: angalia intaneti, kisha anza tena.",
        ),
        Reason::NoSecureConnection => Words::new(
            "There is no secure connection to Safaricom: another network or the antivirus may be in the way.",
            "Hakuna muunganisho salama na Safaricom: mtandao mwingine au antivirus inaweza kuwa kikwazo.",
        ),
        Reason::ClockWrong => Words::new(
            "This PC’s date is wrong: set date and time, then start again.",
            "Tarehe ya kompyuta si sahihi: rekebisha tarehe na saa, kisha anza tena.",
        ),
        Reason::CaptivePortal => Words::new(
            "This internet asks you to sign in first: open a browser, sign in, then start again.",
            "Intaneti hii inataka uingie kwanza: fungua kivinjari, ingia, kisha anza tena.",
        ),
        Reason::TooFast | Reason::Quota => Words::new(
            "Safaricom’s allowance for this app is used up for now: wait, then start again; if it stays so, ask apisupport@safaricom.co.ke for more.",
            "Kiwango cha Safaricom cha app hii kimeisha kwa sasa: subiri, kisha anza tena; ikiendelea, omba zaidi kwa apisupport@safaricom.co.ke.",
        ),
        Reason::ServerTrouble
        | Reason::ServerError
        | Reason::Unreadable
        | Reason::SystemBusy
        | Reason::MpesaBusy
        | Reason::OtherResult => Words::new(
            "Safaricom does not answer properly just now: start again in a few minutes.",
            "Safaricom haijibu vizuri sasa: anza tena baada ya dakika chache.",
        ),

        // Only a stopped or overtaken Keshia says these.
        Reason::StoppedBefore | Reason::Withdrawn => Words::new(
            "Nothing was sent: start again.",
            "Hakuna kilichotumwa: anza tena.",
        ),
        Reason::Timeout
        | Reason::ConnectionLost
        | Reason::StoppedDuring
        | Reason::NoResult
        | Reason::NothingFound
        | Reason::PersonsWord => Words::new(
            "The prompt ended without a payment: look at the roll, then start again.",
            "Ombi limeisha bila malipo: angalia orodha, kisha anza tena.",
        ),
    }
}
