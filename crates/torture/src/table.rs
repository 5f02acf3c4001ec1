//! Who may do what, written a second time: the auditor does not ask the till for its own rules.

use till::people::Role;

const CASHIERS: [&str; 9] = [
    "sell",
    "void_sale",
    "open_shift",
    "close_shift",
    "pay_in",
    "pay_out",
    "give_credit",
    "pay_off",
    "print_copy",
];
const MANAGERS: [&str; 17] = [
    "close_others_shift",
    "void_taken",
    "void_live",
    "refund",
    "judge",
    "confirm_clock",
    "from_paper",
    "credit_beyond_limit",
    "write_off",
    "change_customer",
    "see_customers",
    "see_day",
    "close_day",
    "export",
    "take_statement",
    "see_log",
    "verify",
];

/// Whether this role may do it without anybody's leave. What stands in neither list is the owner's; settings are a
/// manager's too.
pub(crate) fn may(role: Role, act: &str) -> bool {
    let needs = if CASHIERS.contains(&act) {
        Role::Cashier
    } else if MANAGERS.contains(&act) || act == "settings" {
        Role::Manager
    } else {
        Role::Owner
    };
    rank(role) >= rank(needs)
}

/// The owner's acts need the passphrase besides.
pub(crate) fn needs_passphrase(act: &str) -> bool {
    !may(Role::Manager, act)
}

const fn rank(role: Role) -> u8 {
    match role {
        Role::Cashier => 1,
        Role::Manager => 2,
        Role::Owner => 3,
    }
}
