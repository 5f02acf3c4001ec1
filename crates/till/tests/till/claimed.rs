//! Two counters on one short code: a payment is booked by the counter that the relay names, and by no other.

use till::ReceiptNumber;
use till::engine::{CodeInput, Counter, Effect, Engine, Sharing};
use till::ids::IdSource;
use till::policy::Policy;
use till::reference::CounterChar;
use till::store::Store;
use till::view::{MatterKind, Proof, PushState, ReadFrom, SaleState, SaleStatus, SaleView, TenderKindView};

use crate::pull::lost;
use crate::support::{NJERI, Shop, counter, half_past_two, kes, last_push, row};

fn sharing(sharing: Sharing) -> Shop {
    let now = half_past_two();
    let second = Counter {
        letter: CounterChar::new('B').unwrap(),
        sharing,
        ..counter()
    };
    let store = Store::in_memory().unwrap();
    let mut shop = Shop {
        engine: Engine::open(store, Policy::live(), second, IdSource::seeded(7), now).unwrap(),
        now,
        effects: Vec::new(),
    };
    shop.engine.skew_heard(0, now);
    shop
}

fn receipt(code: &str) -> ReceiptNumber {
    ReceiptNumber::parse(code).unwrap()
}

impl Shop {
    fn claimed(&self) -> Vec<ReceiptNumber> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Claim(receipts) => Some(receipts.clone()),
                Effect::Announce(_)
                | Effect::Prepare { .. }
                | Effect::Send(_)
                | Effect::Ask { .. }
                | Effect::Pull(_)
                | Effect::Probe => None,
            })
            .flatten()
            .collect()
    }

    fn relay_says(&mut self, code: &str, holder: char) {
        let effects = self
            .engine
            .claims_answered(&[(receipt(code), holder)], self.now)
            .unwrap();
        self.effects.extend(effects);
    }

    /// A sale that waits for the till, and a payment that fits it.
    fn waits_and_is_paid(&mut self) -> SaleView {
        let (sale, effects) = self
            .engine
            .wait_for_till(None, kes(730), Some("126"), self.now)
            .unwrap();
        self.effects.extend(effects);
        self.wait_s(60);
        self.read_list(&[row("UKN3XTWIN1", 730, "126", 20)]);
        self.sale(&sale.id)
    }

    fn restarted(self) -> Self {
        let now = self.now;
        let second = Counter {
            letter: CounterChar::new('B').unwrap(),
            sharing: Sharing::Claims,
            ..counter()
        };
        Self {
            engine: Engine::open(
                self.engine.into_store(),
                Policy::live(),
                second,
                IdSource::seeded(8),
                now,
            )
            .unwrap(),
            now,
            effects: Vec::new(),
        }
    }
}

fn matters(sale: &SaleView) -> Vec<MatterKind> {
    sale.matters.iter().map(|matter| matter.kind).collect()
}

fn is_checking(sale: &SaleView) -> bool {
    sale.tenders
        .iter()
        .any(|tender| matches!(tender.kind, TenderKindView::ToTill { checking: true, .. }))
}

#[test]
fn a_payment_is_green_only_once_it_is_won() {
    let mut shop = sharing(Sharing::Claims);
    let sale = shop.waits_and_is_paid();
    assert_eq!(sale.state, SaleState::Open, "another counter may have it");
    assert!(is_checking(&sale), "and the screen says that they are asked");
    assert_eq!(shop.claimed(), [receipt("UKN3XTWIN1")], "the relay is asked once");
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap(),
        [],
        "meanwhile nobody gives it away"
    );
    shop.relay_says("UKN3XTWIN1", 'B');
    let sale = shop.sale(&sale.id);
    assert_eq!(sale.state, SaleState::Settled, "it is this counter's");
    assert!(!is_checking(&sale), "nothing is asked any more");
    assert_eq!(shop.balance("mpesa_proved"), 730, "booked once");
}

#[test]
fn a_payment_that_another_counter_has_pays_nothing_here() {
    let mut shop = sharing(Sharing::Claims);
    let sale = shop.waits_and_is_paid();
    shop.relay_says("UKN3XTWIN1", 'A');
    let sale = shop.sale(&sale.id);
    assert_eq!(
        sale.status,
        SaleStatus::WaitingTill,
        "this customer has not paid yet"
    );
    assert!(!is_checking(&sale), "that question is answered");
    assert_eq!(shop.balance("mpesa_proved"), 0, "no shilling is in two books");
    assert_eq!(shop.engine.unplaced(shop.now).unwrap(), [], "it is nobody's here");
    shop.read_list(&[
        row("UKN3XTWIN1", 730, "126", 20),
        row("UKN3XTWIN2", 730, "126", 50),
    ]);
    shop.relay_says("UKN3XTWIN2", 'B');
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "the next payment that fits is asked for, too"
    );
}

#[test]
fn without_an_answer_it_stays_open_and_is_asked_again() {
    let mut shop = sharing(Sharing::Claims);
    let sale = shop.waits_and_is_paid();
    shop.wait_s(600);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "cut off: provisional, never green"
    );
    let mut shop = shop.restarted();
    assert_eq!(
        shop.engine.open_claims().unwrap(),
        [receipt("UKN3XTWIN1")],
        "asked again, also after a crash"
    );
    assert!(is_checking(&shop.sale(&sale.id)), "and the screen still says so");
    shop.relay_says("UKN3XTWIN1", 'B');
    assert_eq!(shop.sale(&sale.id).state, SaleState::Settled, "right afterwards");
}

#[test]
fn a_crash_between_the_answer_and_the_booking_loses_nothing() {
    let mut shop = sharing(Sharing::Claims);
    let sale = shop.waits_and_is_paid();
    let store = shop.engine.store();
    store
        .read()
        .execute("UPDATE counter_claim SET state = 'won', holder = 'B'", [])
        .unwrap();
    let shop = shop.restarted();
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "what was won is booked at the start"
    );
    assert_eq!(shop.balance("mpesa_proved"), 730, "once");
    let shop = shop.restarted();
    assert_eq!(shop.balance("mpesa_proved"), 730, "and only once");
}

#[test]
fn a_prompts_own_payment_is_booked_at_once_and_kept_from_the_others() {
    let mut shop = sharing(Sharing::Claims);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    shop.called_back(&push_id, till::push::Ending::Paid, Some(receipt("UKN3XPAID1")))
        .unwrap();
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "nobody else can have it by right"
    );
    assert_eq!(
        shop.claimed(),
        [receipt("UKN3XPAID1")],
        "and the others are kept from it"
    );
    shop.relay_says("UKN3XPAID1", 'A');
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "money moved for this sale");
    assert_eq!(
        view.matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::AlsoAtAnotherCounter],
        "somebody at A gave it away: both must look"
    );
}

#[test]
fn a_prompts_own_payment_that_another_counter_has_already_is_a_question_at_once() {
    let mut shop = sharing(Sharing::Claims);
    let waiting = shop.waits_and_is_paid();
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    shop.relay_says("UKN3XTWIN1", 'A');
    shop.called_back(&push_id, till::push::Ending::Paid, Some(receipt("UKN3XTWIN1")))
        .unwrap();
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.state,
        SaleState::Settled,
        "Safaricom says it was this prompt's"
    );
    assert_eq!(
        matters(&view),
        [MatterKind::AlsoAtAnotherCounter],
        "somebody at A gave it away before: both must look"
    );
    assert_eq!(
        shop.sale(&waiting.id).state,
        SaleState::Open,
        "and nobody else has it here"
    );
}

#[test]
fn a_typed_code_is_confirmed_only_by_the_counter_that_has_it() {
    for (holder, status) in [('B', SaleStatus::Paid), ('A', SaleStatus::CodeNotConfirmed)] {
        let mut shop = sharing(Sharing::Claims);
        let input = CodeInput {
            sale_id: None,
            amount: kes(300),
            code: "UKN3XTYPED".into(),
            read_from: ReadFrom::CustomerPhone,
            warned: true,
        };
        let (sale, effects) = shop.engine.take_code(input, shop.now).unwrap();
        shop.effects.extend(effects);
        assert_eq!(
            shop.claimed(),
            [receipt("UKN3XTYPED")],
            "asked as soon as it is typed"
        );
        shop.wait_s(60);
        shop.read_list(&[row("UKN3XTYPED", 300, "126", 20)]);
        assert_eq!(
            shop.sale(&sale.id).status,
            SaleStatus::CodeNotConfirmed,
            "A may have it"
        );
        shop.relay_says("UKN3XTYPED", holder);
        let view = shop.sale(&sale.id);
        assert_eq!(view.status, status, "{holder} has it");
        assert_eq!(
            view.matters.is_empty(),
            holder == 'B',
            "{holder}: somebody must look, or not"
        );
    }
}

#[test]
fn a_counter_that_does_not_collect_takes_its_own_prompts_payments_only() {
    let mut shop = sharing(Sharing::OwnOnly);
    let sale = shop.waits_and_is_paid();
    assert_eq!(sale.state, SaleState::Open, "the collector may have booked it");
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap(),
        [],
        "and no card offers it here"
    );
    let (own, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    shop.called_back(&push_id, till::push::Ending::Paid, Some(receipt("UKN3XPAID1")))
        .unwrap();
    assert_eq!(
        shop.sale(&own.id).state,
        SaleState::Settled,
        "its own prompt's is its own"
    );
}

#[test]
fn the_other_counters_payments_are_no_cards_here() {
    let mut shop = sharing(Sharing::Claims);
    let heard = till::view::RelayView {
        heard_at: Some(shop.now.utc),
        trouble: None,
    };
    shop.engine.relay_link(Some(heard), shop.now);
    shop.wait_s(60);
    shop.read_list(&[
        row("UKN3XTWIN1", 730, "126", 20),
        row("UKN3XTWIN2", 240, "981", 30),
    ]);
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap(),
        [],
        "first the relay is asked"
    );
    let cards = shop.engine.cards_to_look_up(shop.now).unwrap();
    assert_eq!(cards.len(), 2, "about both");
    let held = [(receipt("UKN3XTWIN1"), 'A')];
    shop.engine.cards_looked_up(&cards, &held, shop.now).unwrap();
    let shown = shop.engine.unplaced(shop.now).unwrap();
    assert_eq!(shown.len(), 1, "counter A has the other");
    assert_eq!(
        shown[0].receipt,
        receipt("UKN3XTWIN2"),
        "this one is nobody's yet"
    );
    let mut shop = sharing(Sharing::Claims);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3XTWIN1", 730, "126", 20)]);
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap().len(),
        1,
        "without a relay's answer nothing is hidden"
    );
}

#[test]
fn what_a_close_carried_is_not_solved_by_a_restart() {
    let mut shop = sharing(Sharing::Claims);
    shop.wait_s(60);
    shop.read_list(&[
        row("UKN3XTWIN1", 730, "126", 20),
        row("UKN3XTWIN2", 240, "981", 30),
    ]);
    shop.cash(None, 10, 10);
    let (z, _) = shop.engine.close_day(Some("seen"), shop.now).unwrap();
    assert_eq!(z.report.carried.len(), 2, "two payments of no sale");
    let mut shop = again(shop);
    let (view, _) = shop.engine.before_close(shop.now).unwrap();
    assert_eq!(
        view.not_known.len(),
        2,
        "the relay was not asked since the start: that solves nothing"
    );
    // Another counter has one of them after all.
    let cards = shop.engine.cards_to_look_up(shop.now).unwrap();
    let held = [(receipt("UKN3XTWIN1"), 'A')];
    shop.engine.cards_looked_up(&cards, &held, shop.now).unwrap();
    shop.cash(None, 10, 10);
    let (z, _) = shop.engine.close_day(Some("seen"), shop.now).unwrap();
    let abouts = |list: &[till::view::CarriedView]| -> Vec<String> {
        list.iter().map(|one| one.about.clone()).collect()
    };
    assert_eq!(
        abouts(&z.report.carried),
        ["UKN3XTWIN2"],
        "the other is still nobody's"
    );
    assert_eq!(
        abouts(&z.report.solved),
        ["UKN3XTWIN1"],
        "and what A has is explained"
    );
    // Months later nobody asks the relay about it any more.
    shop.now.utc += chrono::TimeDelta::days(40);
    let mut shop = again(shop);
    let (view, _) = shop.engine.before_close(shop.now).unwrap();
    assert_eq!(
        abouts(&view.not_known),
        ["UKN3XTWIN2"],
        "it is carried for as long as it takes"
    );
}

/// Keshia starts again over the same book, and the relay answers.
fn again(shop: Shop) -> Shop {
    let now = shop.now;
    let second = Counter {
        letter: CounterChar::new('B').unwrap(),
        sharing: Sharing::Claims,
        ..counter()
    };
    let store = shop.engine.into_store();
    let mut shop = Shop {
        engine: Engine::open(store, Policy::live(), second, IdSource::seeded(8), now).unwrap(),
        now,
        effects: Vec::new(),
    };
    shop.engine.skew_heard(0, now);
    let heard = till::view::RelayView {
        heard_at: Some(now.utc),
        trouble: None,
    };
    shop.engine.relay_link(Some(heard), now);
    shop
}

#[test]
fn a_card_becomes_a_sale_only_once_it_is_won() {
    let mut shop = sharing(Sharing::Claims);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3XTWIN1", 730, "126", 20)]);
    let (sale, effects) = shop
        .engine
        .sale_of_money(&receipt("UKN3XTWIN1"), false, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    assert_eq!(
        sale.state,
        SaleState::Open,
        "another counter may make it a sale at the same moment"
    );
    assert!(is_checking(&sale), "it says so");
    assert_eq!(shop.balance("mpesa_proved"), 0, "nothing is booked");
    shop.relay_says("UKN3XTWIN1", 'B');
    assert_eq!(shop.sale(&sale.id).state, SaleState::Settled, "won");
    assert_eq!(shop.balance("mpesa_proved"), 730, "and booked once");
}

#[test]
fn a_payment_given_to_the_sale_in_hand_is_asked_for_first() {
    for (holder, state) in [('B', SaleState::Settled), ('A', SaleState::Open)] {
        let mut shop = sharing(Sharing::Claims);
        let sale = shop.cash(None, 900, 170);
        shop.wait_s(60);
        shop.read_list(&[row("UKN3XTWIN1", 730, "126", 20)]);
        let (view, effects) = shop
            .engine
            .place_money(&receipt("UKN3XTWIN1"), &sale.id, shop.now)
            .unwrap();
        shop.effects.extend(effects);
        assert_eq!(
            view.state,
            SaleState::Open,
            "{holder}: not before the others were asked"
        );
        shop.relay_says("UKN3XTWIN1", holder);
        assert_eq!(shop.sale(&sale.id).state, state, "{holder} has it");
    }
}
impl Shop {
    fn types(&mut self, code: &str, shillings: i64) -> SaleView {
        let input = CodeInput {
            sale_id: None,
            amount: kes(shillings),
            code: code.into(),
            read_from: ReadFrom::CustomerPhone,
            warned: true,
        };
        let (sale, effects) = self.engine.take_code(input, self.now).unwrap();
        self.effects.extend(effects);
        sale
    }

    /// The relay's owner puts an older copy of it back: its log begins anew.
    fn relay_is_put_back(&mut self, epoch: &str) {
        let from = relay_wire::Cursor {
            epoch: epoch.parse().unwrap(),
            seq: 0,
        };
        self.engine.relay_goes_on_at(from, 0, self.now).unwrap();
    }
}

#[test]
fn what_an_older_copy_of_the_relay_forgot_is_claimed_again() {
    let mut shop = sharing(Sharing::Claims);
    shop.relay_is_put_back("0011223344556677");
    let sale = shop.waits_and_is_paid();
    shop.relay_says("UKN3XTWIN1", 'B');
    let typed = shop.types("UKN3XTYPED", 300);
    shop.read_list(&[
        row("UKN3XTWIN1", 730, "126", 20),
        row("UKN3XTYPED", 300, "999", 30),
    ]);
    shop.relay_says("UKN3XTYPED", 'B');
    assert_eq!(shop.engine.open_claims().unwrap(), [], "everything is answered");
    shop.relay_is_put_back("7766554433221100");
    assert_eq!(
        shop.engine.open_claims().unwrap().len(),
        2,
        "the copy may have forgotten both"
    );
    shop.relay_says("UKN3XTYPED", 'B');
    assert_eq!(
        shop.balance("mpesa_proved"),
        1_030,
        "what is proved is proved once"
    );
    assert!(matters(&shop.sale(&typed.id)).is_empty(), "nothing changed");
    shop.relay_says("UKN3XTWIN1", 'A');
    let sale = shop.sale(&sale.id);
    assert_eq!(sale.state, SaleState::Settled, "it was paid, and it stays so");
    assert_eq!(
        matters(&sale),
        [MatterKind::AlsoAtAnotherCounter],
        "counter A asked first this time: both must look"
    );
}

#[test]
fn by_its_phone_a_prompt_is_not_given_what_may_be_another_counters() {
    let mut shop = sharing(Sharing::Claims);
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3XHAND1", 500, "678", 40)]);
    let view = shop.sale(&sale);
    assert_eq!(
        last_push(&view).state,
        PushState::Unknown,
        "she may have paid by hand for a friend who stands at counter A"
    );
    let cards = shop.engine.unplaced(shop.now).unwrap();
    assert_eq!(
        cards[0].offers[0].sale_id, sale,
        "it is offered, and a person says"
    );
}

#[test]
fn without_a_relay_another_counters_reference_is_looked_at() {
    let mut shop = sharing(Sharing::Collector);
    let (waiting, effects) = shop.engine.wait_for_till(None, kes(500), None, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(60);
    let mut of_a = [row("UKN3XOTHE1", 500, "678", 5), row("UKN3XOTHE2", 300, "111", 6)];
    for row in &mut of_a {
        row.reference = "A100019".into();
    }
    shop.read_list(&of_a);
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM money_in"),
        2,
        "the list shows both"
    );
    let typed = shop.types("UKN3XOTHE2", 300);
    assert_eq!(
        typed.proof,
        Proof::NotConfirmed,
        "counter A takes it by its reference"
    );
    assert_eq!(
        matters(&typed),
        [MatterKind::CodeOfAnother],
        "and somebody must look"
    );
    let (placed, _) = shop
        .engine
        .place_money(&receipt("UKN3XOTHE1"), &waiting.id, shop.now)
        .unwrap();
    assert_eq!(
        matters(&placed),
        [MatterKind::AlsoAtAnotherCounter],
        "a person may say that it is hers, and both must look"
    );
}

#[test]
fn an_invited_counter_may_come_in_before_this_one_hears_of_it() {
    let mut shop = sharing(Sharing::Claims);
    shop.engine.other_counters(0, shop.now);
    let sale = shop.waits_and_is_paid();
    assert_eq!(
        sale.state,
        SaleState::Open,
        "the other may have booked it a moment ago"
    );
    assert!(is_checking(&sale), "so it is asked");
    let mut shop = sharing(Sharing::Alone);
    shop.engine.other_counters(1, shop.now);
    assert_eq!(
        shop.waits_and_is_paid().state,
        SaleState::Open,
        "and from the first word of another, everything is"
    );
}
