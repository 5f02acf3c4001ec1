//! The words of the files, in both languages.

use crate::receipt::Both;
use crate::store::posting::Account;
use crate::view::PaidBy;

pub(super) const WEEK: Both = ("week", "wiki");
pub(super) const NOT_CLOSED: Both = ("not closed yet", "haijafungwa");
pub(super) const SUMS: Both = ("Sums", "Jumla");
pub(super) const SALES: Both = ("Sales", "Mauzo");
pub(super) const ENTRIES: Both = ("Book", "Daftari");
pub(super) const GROUP: Both = ("Group", "Kundi");
pub(super) const WHAT: Both = ("What", "Nini");
pub(super) const AMOUNT: Both = ("Amount KSh", "Kiasi KSh");
pub(super) const NUMBER: Both = ("Number", "Idadi");
pub(super) const SHOP: Both = ("Shop", "Duka");
pub(super) const PERIOD: Both = ("Period", "Kipindi");
pub(super) const COUNTED: Both = ("Counted", "Idadi");
pub(super) const SALES_PAID: Both = ("Sales paid", "Mauzo yaliyolipwa");
pub(super) const GIVEN_UP: Both = ("Sales given up", "Mauzo yaliyofutwa");
pub(super) const TIMES_GIVEN_BACK: Both = ("Times money went back", "Mara pesa zilirudishwa");
pub(super) const ACCOUNTS: Both = ("Accounts", "Akaunti");
pub(super) const SOLD: Both = ("Sold", "Mauzo");
pub(super) const OWED: Both = ("Owed to customers at the end", "Wanazodai wateja mwishoni");
pub(super) const WAYS: Both = ("By way of paying", "Kwa njia ya malipo");
pub(super) const PEOPLE: Both = ("By person", "Kwa kila mtu");
pub(super) const NOBODY: Both = ("Nobody named", "Bila jina");
pub(super) const HOURS: Both = ("By hour", "Kwa kila saa");
pub(super) const DAYS: Both = ("By day", "Kwa kila siku");
pub(super) const DRAWERS: Both = ("Drawers, short (-) or over", "Droo, pungufu (-) au ziada");
pub(super) const SHIFT: Both = ("Shift", "Zamu");
pub(super) const LOOK: Both = ("To look at", "Ya kuangaliwa");
pub(super) const WHEN: Both = ("When", "Wakati");
pub(super) const SALE: Both = ("Sale", "Mauzo");
pub(super) const STATE: Both = ("State", "Hali");
pub(super) const HOW: Both = ("Paid by", "Njia");
pub(super) const PART: Both = ("Part KSh", "Sehemu KSh");
pub(super) const CODE: Both = ("M-PESA code", "Code ya M-PESA");
pub(super) const DIGITS: Both = ("Phone ends in", "Simu inaishia");
pub(super) const PROVED: Both = ("Confirmed", "Imethibitishwa");
pub(super) const BY: Both = ("Taken by", "Aliyepokea");
pub(super) const GIVEN_BACK: Both = ("Given back KSh", "Zilizorudishwa KSh");
pub(super) const NOTE: Both = ("Note", "Maelezo");
pub(super) const ROW: Both = ("Row", "Mstari");
pub(super) const ACCOUNT: Both = ("Account", "Akaunti");
pub(super) const RECEIVED: Both = ("Received KSh", "Ilipokea KSh");
pub(super) const GAVE: Both = ("Gave KSh", "Ilitoa KSh");
pub(super) const OPEN: Both = ("Not paid yet", "Bado haijalipwa");
pub(super) const PAID: Both = ("Paid", "Imelipwa");
pub(super) const VOIDED: Both = ("Given up", "Yamefutwa");
pub(super) const PAY_OFF: Both = ("A debt paid off", "Deni limelipwa");
pub(super) const FROM_PAPER: Both = ("From paper", "Kutoka karatasi");
pub(super) const TIME_UNSURE: Both = ("Time in doubt", "Saa si ya uhakika");
pub(super) const YES: Both = ("Yes", "Ndiyo");
pub(super) const NO: Both = ("No", "Hapana");
pub(super) const EVERY_SALE: Both = ("Every sale", "Kila mauzo");
pub(super) const SIGNED: Both = ("Signed", "Sahihi");
pub(super) const COUNTER: Both = ("Counter", "Kaunta");
pub(super) const WRITTEN: Both = ("Written", "Imeandikwa");
pub(super) const SHORT: Both = ("Short", "Pungufu");
pub(super) const OVER: Both = ("Over", "Ziada");
pub(super) const EXACT: Both = ("Exact", "Sawa kabisa");
pub(super) const NOT_COUNTED: Both = ("No drawer was counted", "Hakuna droo iliyohesabiwa");
pub(super) const NOTHING_OPEN: Both = ("Nothing to look at", "Hakuna cha kuangalia");
pub(super) const DRAWER: Both = ("Drawer", "Droo");
pub(super) const CASH: Both = ("Cash", "Taslimu");
pub(super) const CREDIT: Both = ("On credit", "Deni");
pub(super) const WENT_BACK: Both = ("given back", "zilizorudishwa");
pub(super) const DEBTS_PAID: Both = ("debts paid off", "madeni yaliyolipwa");
pub(super) const NOT_CONFIRMED: Both = ("not yet confirmed", "bado haijathibitishwa");
pub(super) const SEAL: Both = ("Seal", "Muhuri");

/// A way of paying, as the screens call it.
pub(super) const fn way(way: PaidBy) -> Both {
    match way {
        PaidBy::Push => ("M-PESA prompt", "Ombi la M-PESA"),
        PaidBy::ToTill => ("M-PESA to the till", "M-PESA kwa till"),
        PaidBy::Code => ("M-PESA code typed", "Code ya M-PESA iliyoandikwa"),
        PaidBy::Cash => CASH,
        PaidBy::Credit => CREDIT,
    }
}

/// An account, as the sums call it; which side is which stands in the columns.
pub(super) const fn account(account: Account) -> Both {
    match account {
        Account::Cash => CASH,
        Account::MpesaProved => ("M-PESA, with code", "M-PESA, yenye code"),
        Account::MpesaNotProved => ("M-PESA, without code", "M-PESA, bila code"),
        Account::Sales => SOLD,
        Account::RefundDue => ("Owed to customers", "Wanazodai wateja"),
        Account::Reversed => ("Taken back by customers", "Zilizochukuliwa tena na wateja"),
        Account::Credit => ("Customers' debts", "Madeni ya wateja"),
        Account::Refunds => ("Given back for goods", "Zilizorudishwa kwa bidhaa"),
        Account::SentBack => ("Sent from the shop's phone", "Zilizotumwa kwa simu ya duka"),
        Account::Float => ("Owner's cash", "Pesa za mwenye duka"),
        Account::PaidIn => ("Paid in", "Pesa iliyoingia"),
        Account::PaidOut => ("Paid out", "Pesa iliyotoka"),
        Account::OverShort => ("Short or over", "Pungufu au ziada"),
        Account::WrittenOff => ("Debts written off", "Madeni yaliyosamehewa"),
    }
}
