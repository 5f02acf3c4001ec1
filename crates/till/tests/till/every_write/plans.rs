//! What a cashier does at one sale, whatever the power did before: looks at the screen, and does what is next.

use till::ReceiptNumber;
use till::engine::{CodeInput, PushInput};
use till::push::PushIntent;
use till::view::{CanSend, Proof, PushView, ReadFrom, SaleState, SaleView};

use super::desk::Desk;
use super::power::Dark;
use crate::support::{NJERI, kes, last_push, phone};

/// What becomes of a prompt that left.
#[derive(Debug, Clone, Copy)]
pub struct Fate {
    pub pays: bool,
    pub answer_lost: bool,
}

type Turn = fn(&mut Desk, Option<&SaleView>) -> Result<bool, Dark>;

/// One kind of sale.
#[derive(Debug)]
pub struct Plan {
    pub name: &'static str,
    /// Safaricom's list is switched on.
    pub pull: bool,
    /// A question brings the result.
    pub query_knows: bool,
    /// Safaricom calls back, once.
    pub calls_back: bool,
    /// What becomes of the first prompt that leaves, the second, and so on. As many prompts may leave at most.
    pub fates: &'static [Fate],
    /// Fewer writes than this and the plan does not do what it says.
    pub least_writes: u64,
    /// One look at the screen; `true` ends the evening.
    pub turn: Turn,
}

const PLAIN: Plan = Plan {
    name: "",
    pull: true,
    query_knows: true,
    calls_back: false,
    fates: &[Fate::PAYS],
    least_writes: 1,
    turn: push,
};

pub const PLANS: &[Plan] = &[
    Plan {
        name: "push, told by a question, its code by the list",
        least_writes: 5,
        ..PLAIN
    },
    Plan {
        name: "push, its answer lost, found in the list",
        fates: &[Fate::PAYS_UNHEARD],
        least_writes: 4,
        ..PLAIN
    },
    Plan {
        name: "push, told by a callback",
        calls_back: true,
        least_writes: 4,
        ..PLAIN
    },
    Plan {
        name: "push, told by the list alone",
        query_knows: false,
        least_writes: 4,
        ..PLAIN
    },
    Plan {
        name: "cash",
        turn: cash,
        ..PLAIN
    },
    Plan {
        name: "a part in cash, the rest by push",
        least_writes: 6,
        turn: split,
        ..PLAIN
    },
    Plan {
        name: "a typed code, confirmed by the list",
        least_writes: 2,
        turn: code,
        ..PLAIN
    },
    Plan {
        name: "the customer pays the till, found by the digits",
        least_writes: 2,
        turn: to_till,
        ..PLAIN
    },
    Plan {
        name: "a payment that a person places",
        least_writes: 3,
        turn: place,
        ..PLAIN
    },
    Plan {
        name: "a cancelled push, then cash",
        fates: &[Fate::CANCELS],
        least_writes: 6,
        turn: cash_after_push,
        ..PLAIN
    },
    Plan {
        name: "a cancelled push, then given up",
        fates: &[Fate::CANCELS],
        least_writes: 6,
        turn: void,
        ..PLAIN
    },
    Plan {
        name: "a lost answer that a person judges paid",
        pull: false,
        fates: &[Fate::PAYS_UNHEARD],
        least_writes: 4,
        turn: judge,
        ..PLAIN
    },
    Plan {
        name: "a lost answer that a person judges not paid, then another push",
        pull: false,
        fates: &[Fate::LOST, Fate::PAYS],
        least_writes: 8,
        turn: judge,
        ..PLAIN
    },
    Plan {
        name: "no message on the phone, then another push",
        pull: false,
        fates: &[Fate::LOST, Fate::PAYS],
        least_writes: 8,
        turn: no_message,
        ..PLAIN
    },
];

fn start(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    let input = PushInput {
        sale_id: sale.map(|sale| sale.id.clone()),
        amount: kes(500),
        msisdn: phone(NJERI),
        intent: PushIntent::Ordinary,
        reference: None,
    };
    desk.act(|engine, now| engine.start_push(input, now))?;
    Ok(false)
}

/// Over, and as sure as it can become.
fn proved(sale: &SaleView) -> bool {
    sale.state == SaleState::Settled && sale.proof == Proof::Proved
}

fn push(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match sale {
        None => start(desk, None),
        Some(sale) if sale.can_send == CanSend::Yes => start(desk, Some(sale)),
        Some(sale) => Ok(proved(sale)),
    }
}

fn cash(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    if sale.is_none() {
        desk.act(|engine, now| engine.take_cash(None, kes(500), kes(1_000), now))?;
    }
    Ok(sale.is_some_and(|sale| sale.state == SaleState::Settled))
}

fn split(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match sale {
        None => {
            desk.act(|engine, now| engine.take_cash(None, kes(500), kes(300), now))?;
            Ok(false)
        }
        Some(_) => push(desk, sale),
    }
}

fn code(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    let Some(sale) = sale else {
        if desk.outside.is_unpaid() {
            desk.pays(500, "678", "", -20);
        }
        let input = CodeInput {
            sale_id: None,
            amount: kes(500),
            code: "UKN3PAID00".into(),
            read_from: ReadFrom::ShopPhone,
            warned: true,
        };
        desk.act(|engine, now| engine.take_code(input, now))?;
        return Ok(false);
    };
    Ok(proved(sale))
}

fn waits_for_till(desk: &mut Desk, digits: Option<&str>) -> Result<bool, Dark> {
    desk.act(|engine, now| engine.wait_for_till(None, kes(500), digits, now))?;
    Ok(false)
}

fn to_till(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    let Some(sale) = sale else {
        return waits_for_till(desk, Some("678"));
    };
    if desk.outside.is_unpaid() {
        desk.pays(500, "678", "", 10);
    }
    Ok(proved(sale))
}

fn place(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    let Some(sale) = sale else {
        return waits_for_till(desk, None);
    };
    if desk.outside.is_unpaid() {
        desk.pays(500, "678", "", 10);
    }
    let receipt = ReceiptNumber::parse("UKN3PAID00").unwrap();
    let offered = desk
        .unplaced()
        .iter()
        .any(|money| money.receipt == receipt && money.offers.iter().any(|offer| offer.sale_id == sale.id));
    if offered {
        desk.act(|engine, now| engine.place_money(&receipt, &sale.id, now))?;
    }
    Ok(proved(sale))
}

fn cash_after_push(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match sale {
        None => start(desk, None),
        Some(sale) if sale.can_send == CanSend::Yes => {
            desk.act(|engine, now| engine.take_cash(Some(&sale.id), kes(500), kes(500), now))?;
            Ok(false)
        }
        Some(sale) => Ok(sale.state == SaleState::Settled),
    }
}

fn void(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match sale {
        None => start(desk, None),
        Some(sale) if sale.can_void => {
            desk.act(|engine, now| engine.void_sale(&sale.id, "the customer left", now))?;
            Ok(false)
        }
        Some(sale) => Ok(sale.state == SaleState::Voided),
    }
}

/// The prompt that a person may answer for.
fn asked(sale: &SaleView) -> Option<PushView> {
    Some(last_push(sale)).filter(|push| push.judge && push.ask_customer)
}

fn judge(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match (sale, sale.and_then(asked)) {
        (_, Some(push)) => {
            let paid = desk.was_paid(&push.push_id);
            desk.act(|engine, now| engine.judge(&push.push_id, paid, "the customer's phone shows it", now))?;
            Ok(false)
        }
        (Some(sale), None) if sale.state == SaleState::Settled => Ok(true),
        (_, None) => push(desk, sale),
    }
}

fn no_message(desk: &mut Desk, sale: Option<&SaleView>) -> Result<bool, Dark> {
    match sale.and_then(asked) {
        Some(push) if !desk.was_paid(&push.push_id) => {
            desk.act(|engine, now| engine.no_message(&push.push_id, now))?;
            Ok(false)
        }
        Some(_) | None => judge(desk, sale),
    }
}
