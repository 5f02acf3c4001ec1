//! The words of a close on paper, in both languages: the screen's own where it has them.

use crate::receipt::words::Both;

pub(super) const CLOSE: Both = ("CLOSE", "UFUNGAJI");
pub(super) const SO_FAR: Both = ("THE DAY SO FAR", "SIKU HADI SASA");
pub(super) const NOT_CLOSED: Both = ("Nothing is closed by this slip", "Karatasi hii haifungi siku");
pub(super) const DAY: Both = ("Day", "Siku");
pub(super) const SINCE: Both = ("From", "Tangu");
pub(super) const UNTIL: Both = ("Until", "Hadi");
pub(super) const CLOSED_AT: Both = ("Closed", "Ilifungwa");
pub(super) const CLOSED_BY: Both = ("Closed by", "Imefungwa na");
pub(super) const SOLD: Both = ("Sold", "Mauzo");
pub(super) const SALES: Both = ("Number of sales", "Idadi ya mauzo");
pub(super) const GIVEN_UP: Both = ("Given up", "Yaliyofutwa");
pub(super) const TIMES_GIVEN_BACK: Both = ("Times money went back", "Mara pesa zilirudishwa");
pub(super) const IN_THE_BOOK: Both = ("Book, with code", "Daftari, zenye code");
pub(super) const BY_SAFARICOM: Both = ("Shown by Safaricom", "Safaricom imeonyesha");
pub(super) const SAME: Both = (
    "Book and Safaricom say the same",
    "Daftari na Safaricom zinasema sawa",
);
pub(super) const BOOK_MORE: Both = ("More in the book", "Zaidi kwenye daftari");
pub(super) const SAFARICOM_MORE: Both = ("More shown by Safaricom", "Zaidi kwa Safaricom");
pub(super) const OF_NO_SALE: Both = ("Of it for no sale", "Kati yake isiyo ya mauzo");
pub(super) const DRAWER: Both = ("The drawer", "Droo ya pesa");
pub(super) const COUNTED: Both = ("Cash counted", "Taslimu iliyohesabiwa");
pub(super) const NOT_COUNTED: Both = ("No drawer was counted", "Hakuna droo iliyohesabiwa");
pub(super) const SHIFT: Both = ("Shift", "Zamu");
pub(super) const OPENING_CASH: Both = ("Opening cash", "Pesa za kuanzia");
pub(super) const SHOULD_BE: Both = ("Should be there", "Zinazopaswa kuwepo");
pub(super) const EXACT: Both = ("Exact", "Sawa kabisa");
pub(super) const SHORT: Both = ("Short", "Pungufu");
pub(super) const OVER: Both = ("Over", "Ziada");
pub(super) const PROVED: Both = ("M-PESA, with code", "M-PESA, yenye code");
pub(super) const NOT_PROVED: Both = ("M-PESA, without code", "M-PESA, bila code");
pub(super) const CREDIT_GIVEN: Both = ("Sold on credit", "Yaliyouzwa kwa deni");
pub(super) const CREDIT_PAID: Both = ("Paid off debts", "Madeni yaliyolipwa");
pub(super) const TAKEN_OFF: Both = ("Taken off debts for goods", "Zilizopunguzwa kwenye madeni");
pub(super) const WRITTEN_OFF: Both = ("Debts written off", "Madeni yaliyosamehewa");
pub(super) const REFUNDS: Both = ("Given back for goods", "Zilizorudishwa kwa bidhaa");
pub(super) const REFUND_DUE: Both = ("Owed to customers", "Wanazodai wateja");
pub(super) const SENT_BACK: Both = ("Sent from the shop's phone", "Zilizotumwa kwa simu ya duka");
pub(super) const REVERSED: Both = ("Taken back by customers", "Zilizochukuliwa tena na wateja");
pub(super) const PAID_IN: Both = ("Paid in", "Pesa iliyoingia");
pub(super) const PAID_OUT: Both = ("Paid out", "Pesa iliyotoka");
pub(super) const OWNERS_CASH: Both = ("Owner's cash in drawers", "Pesa za mwenye duka kwenye droo");
pub(super) const HANDED_OVER: Both = ("Handed to the owner", "Alizopewa mwenye duka");
pub(super) const OFF: Both = ("Short (-) or over", "Pungufu (-) au ziada");
pub(super) const LEFT_IN_DRAWERS: Both = ("Left in drawers", "Zilizobaki kwenye droo");
pub(super) const OUTSIDE_SHIFTS: Both = ("Cash outside any shift", "Taslimu nje ya zamu");
pub(super) const BY_PERSON: Both = ("By person", "Kwa kila mtu");
pub(super) const NOBODY: Both = ("Nobody named", "Bila jina");
pub(super) const CARRIED: Both = (
    "Not known, carried to tomorrow",
    "Bado haijulikani, imeachwa hadi kesho",
);
pub(super) const SOLVED: Both = ("Known now, carried before", "Sasa yanajulikana, yaliachwa awali");
pub(super) const SINCE_CLOSE: Both = ("since close", "tangu ufungaji");
pub(super) const CARRIED_PUSH: Both = ("Prompt, end not known", "Ombi, mwisho haujulikani");
pub(super) const CARRIED_NO_RECEIPT: Both = ("Paid, without its code", "Imelipwa, bila code");
pub(super) const CARRIED_CODE: Both = ("Code not confirmed", "Code haijathibitishwa");
pub(super) const CARRIED_MONEY_IN: Both = ("Money in for no sale", "Pesa isiyo ya mauzo");
pub(super) const CARRIED_SENT_BACK: Both = ("Sent back, not confirmed", "Imerudishwa, haijathibitishwa");
pub(super) const CARRIED_MATTER: Both = ("Open question", "Swali halijajibiwa");
pub(super) const SEAL: Both = ("SEAL OF THE BOOK", "MUHURI WA DAFTARI");
pub(super) const SEAL_NOTE: Both = (
    "Keep this slip: it proves later that nothing before it was changed.",
    "Hifadhi karatasi hii: baadaye inathibitisha kwamba hakuna kilichobadilishwa kabla yake.",
);
pub(super) const SIGNED: Both = ("Signed", "Sahihi");
pub(super) const NOT_A_TAX_REPORT: Both = (
    "The shop's own close, not a tax report",
    "Ufungaji wa duka, si ripoti ya kodi",
);
