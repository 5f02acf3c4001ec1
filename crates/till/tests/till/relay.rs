//! What a relay brings: it settles what may be told, wakes for the rest, and each event counts once.

use chrono::TimeDelta;
use relay_wire::{Cursor, Epoch};
use till::engine::{C2bPaid, CalledBack, Effect, PullWord, RelayEvent, RelayPlace, RelayWord};
use till::push::Ending;
use till::view::{Proof, PushState, SaleState, Why};
use till::{Code, ReceiptNumber};

use crate::pull::proof;
use crate::support::{NJERI, OTIENO, PAID, Shop, half_past_two, kes, last_push, row};

fn epoch() -> Epoch {
    "0011223344556677".parse().unwrap()
}

fn receipt(code: &str) -> ReceiptNumber {
    ReceiptNumber::parse(code).unwrap()
}

fn paid(code: &str, shillings: i64, digits: &str) -> C2bPaid {
    C2bPaid {
        receipt: receipt(code),
        amount: kes(shillings),
        short_code: String::new(),
        digits: digits.into(),
        reference: String::new(),
        first_name: None,
        at: None,
    }
}

impl Shop {
    fn relay(&mut self, seq: u64, word: RelayWord) {
        let at = Cursor { epoch: epoch(), seq };
        let effects = self
            .engine
            .relay_heard(RelayEvent { at, word }, self.now)
            .unwrap();
        self.effects.extend(effects);
    }

    fn relay_result(&mut self, seq: u64, path: String, code: &str, shillings: i64, odd: bool) {
        let called = CalledBack {
            ending: Ending::Paid,
            receipt: Some(receipt(code)),
            amount: Some(kes(shillings)),
            paid_at: Some(self.now.utc),
        };
        self.relay(seq, RelayWord::Result { path, called, odd });
    }

    fn relay_paid(&mut self, seq: u64, paid: C2bPaid) {
        let mut paid = paid;
        paid.at = paid.at.or(Some(self.now.utc));
        self.relay(seq, RelayWord::Paid { paid, odd: false });
    }

    fn waits(&mut self, shillings: i64, digits: Option<&str>) -> String {
        let (sale, effects) = self
            .engine
            .wait_for_till(None, kes(shillings), digits, self.now)
            .unwrap();
        self.effects.extend(effects);
        sale.id
    }

    fn place(&self) -> RelayPlace {
        self.engine.relay_place().unwrap()
    }

    fn asks(&self) -> usize {
        let asks = |effect: &&Effect| matches!(effect, Effect::Ask { .. } | Effect::Pull(_));
        self.effects.iter().filter(asks).count()
    }
}

#[test]
fn a_waiting_sale_is_settled_by_the_confirmation_of_its_customer() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    let view = shop.sale(&sale);
    assert_eq!(
        view.state,
        SaleState::Settled,
        "amount, digits and time agree with one sale"
    );
    assert_eq!(view.tenders[0].why, Some(Why::Digits), "and it says why");
    assert_eq!(view.proof, Proof::Proved, "its receipt number is known");
    assert_eq!(shop.balance("mpesa_proved"), 730, "booked once");
    assert_eq!(
        shop.place().cursor.map(|cursor| cursor.seq),
        Some(1),
        "and the place is kept"
    );
}

#[test]
fn an_event_that_comes_a_second_time_changes_nothing() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    let witnesses = shop.sql("SELECT COUNT(*) FROM witness");
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    // As after a crash between the event and its place.
    shop.engine
        .relay_begins(Cursor {
            epoch: epoch(),
            seq: 0,
        })
        .unwrap();
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    assert_eq!(shop.balance("mpesa_proved"), 730, "the money was booked once");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness"),
        witnesses,
        "and told of once"
    );
    assert!(shop.sale(&sale).matters.is_empty(), "nothing is in doubt");
}

#[test]
fn a_result_on_the_pushs_own_path_pays_it_at_once() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 1250, NJERI);
    shop.wait_s(8);
    shop.relay_result(1, shop.path(&push_id), "UKN3XPAID1", 1250, false);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.state,
        SaleState::Settled,
        "told by Safaricom on a path nobody can guess"
    );
    assert_eq!(
        last_push(&view).receipt,
        Some(receipt("UKN3XPAID1")),
        "with its receipt number"
    );
}

#[test]
fn above_the_owners_limit_safaricom_itself_must_say_it() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let limit = shop.engine.policy().told_limit.shillings();
    let (sale, push_id) = shop.prompted(None, limit + 1, NJERI);
    shop.wait_s(2);
    shop.effects.clear();
    shop.relay_result(1, shop.path(&push_id), "UKN3XPAID1", limit + 1, false);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "a hint does not settle so much"
    );
    assert!(shop.asks() > 0, "but Safaricom is asked at once");
    shop.query_says(&push_id, PAID);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "Safaricom says so when asked");
    assert_eq!(
        last_push(&view).receipt,
        Some(receipt("UKN3XPAID1")),
        "and the receipt number that was told is known now"
    );
}

#[test]
fn what_the_relay_finds_odd_settles_nothing() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    let waiting = shop.waits(730, Some("126"));
    shop.wait_s(2);
    let asked = shop.asks();
    shop.relay_result(1, shop.path(&push_id), "UKN3XPAID1", 500, true);
    assert!(shop.asks() > asked, "Safaricom is asked instead");
    let odd = RelayWord::Paid {
        paid: C2bPaid {
            at: Some(shop.now.utc),
            ..paid("UKN3XTWIN1", 730, "126")
        },
        odd: true,
    };
    shop.relay(2, odd);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "the prompt is not called paid"
    );
    assert_eq!(shop.sale(&waiting).state, SaleState::Open, "nor the waiting sale");
    let cards = shop.engine.unplaced(shop.now).unwrap();
    assert!(
        cards[0].hint,
        "the payment is shown as one that Safaricom must show first"
    );
    let refused = shop
        .engine
        .place_money(&receipt("UKN3XTWIN1"), &waiting, shop.now);
    assert_eq!(
        refused.unwrap_err().code,
        Code::NotAllowed,
        "nobody gives it away before that"
    );
    shop.wait_s(200);
    shop.read_list(&[row("UKN3XTWIN1", 730, "126", 8)]);
    assert_eq!(
        shop.sale(&waiting).state,
        SaleState::Settled,
        "the list shows it: now it pays"
    );
}

#[test]
fn forged_posts_change_nothing_and_are_counted() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    let wrong = [
        "nobody/knows".to_owned(),
        format!("{push_id}/00000000000000000000"),
        push_id.clone(),
        String::new(),
    ];
    for (seq, path) in (1..).zip(wrong) {
        shop.relay_result(seq, path, "UKN3XFAKE1", 500, false);
    }
    shop.relay(5, RelayWord::SetAside);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "none of them knew the path"
    );
    assert_eq!(shop.sql("SELECT COUNT(*) FROM money_in"), 0, "and no money came");
    let place = shop.place();
    assert_eq!((place.strange, place.set_aside), (4, 1), "each is counted");
}

#[test]
fn a_result_that_names_another_amount_settles_nothing() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    shop.relay_result(1, shop.path(&push_id), "UKN3XFAKE1", 5, false);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Open, "5 is not 500");
    assert_eq!(view.matters.len(), 1, "and somebody must look");
}

#[test]
fn another_number_s_payment_is_not_ours() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let mut counter = crate::support::counter();
    counter.numbers = vec!["600101".into()];
    let now = shop.now;
    let store = till::store::Store::in_memory().unwrap();
    let ids = till::ids::IdSource::seeded(9);
    shop.engine = till::engine::Engine::open(store, till::policy::Policy::live(), counter, ids, now).unwrap();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(5);
    let foreign = C2bPaid {
        short_code: "999999".into(),
        ..paid("UKN3XTWIN1", 730, "126")
    };
    shop.relay_paid(1, foreign);
    assert_eq!(shop.sale(&sale).state, SaleState::Open, "paid to somebody else");
    assert_eq!(shop.place().strange, 1, "and counted");
    let ours = C2bPaid {
        short_code: "600101".into(),
        ..paid("UKN3XTWIN2", 730, "126")
    };
    shop.relay_paid(2, ours);
    assert_eq!(shop.sale(&sale).state, SaleState::Settled, "paid to this till");
}

#[test]
fn a_push_and_its_confirmation_are_one_payment() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    shop.relay_paid(1, paid("UKN3XPAID1", 500, "678"));
    shop.relay_result(2, shop.path(&push_id), "UKN3XPAID1", 500, false);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "paid");
    assert!(view.matters.is_empty(), "once: {:?}", view.matters);
    assert_eq!(shop.balance("mpesa_proved"), 500, "and booked once");
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap(),
        [],
        "nothing is left over"
    );
}

/// The set-up doctor looks for the post of its own prompt.
#[test]
fn a_result_that_says_nothing_new_is_in_the_book_once() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 1, NJERI);
    shop.wait_s(8);
    let posts = |shop: &Shop| {
        let told = shop.engine.witnesses(&sale.id).unwrap();
        told.iter()
            .filter(|witness| witness.told_by == "callback")
            .map(|witness| witness.word.clone())
            .collect::<Vec<_>>()
    };
    shop.relay_paid(1, paid("UKN3XPAID1", 1, "678"));
    assert!(posts(&shop).is_empty(), "only its confirmation came");
    for seq in [2, 3] {
        shop.relay_result(seq, shop.path(&push_id), "UKN3XPAID1", 1, false);
        assert_eq!(
            posts(&shop),
            ["paid"],
            "the post came too; of a second one nothing is written"
        );
    }
}

#[test]
fn two_equal_amounts_without_digits_are_asked() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let first = shop.waits(730, None);
    let second = shop.waits(730, None);
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    assert_eq!(shop.sale(&first).state, SaleState::Open, "nothing is guessed");
    assert_eq!(shop.sale(&second).state, SaleState::Open, "nothing is guessed");
    let cards = shop.engine.unplaced(shop.now).unwrap();
    assert_eq!(cards[0].offers.len(), 2, "it may be for either");
    let (view, effects) = shop
        .engine
        .wait_for_till(Some(&second), kes(730), Some("126"), shop.now)
        .unwrap();
    shop.effects.extend(effects);
    assert_eq!(
        view.state,
        SaleState::Open,
        "the digits are a correction, a person still says"
    );
    let (view, _) = shop
        .engine
        .place_money(&receipt("UKN3XTWIN1"), &second, shop.now)
        .unwrap();
    assert_eq!(view.state, SaleState::Settled, "the one whose digits it has");
}

#[test]
fn a_new_log_is_read_from_its_beginning() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(20);
    shop.relay(41, RelayWord::Wake);
    let new = Cursor {
        epoch: "ffffffffffffffff".parse().unwrap(),
        seq: 0,
    };
    shop.engine.relay_goes_on_at(new, 0, shop.now).unwrap();
    let at = Cursor { seq: 1, ..new };
    let word = RelayWord::Paid {
        paid: C2bPaid {
            at: Some(shop.now.utc),
            ..paid("UKN3XTWIN1", 730, "126")
        },
        odd: false,
    };
    shop.engine
        .relay_heard(RelayEvent { at, word }, shop.now)
        .unwrap();
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Settled,
        "a lower number of another life is news"
    );
}

#[test]
fn what_the_relay_did_not_keep_is_counted_and_looked_for() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop.wait_s(1);
    let page = shop.page().expect("the list is read at the start");
    shop.say_of_page(page, PullWord::NothingFound);
    shop.wait_s(10);
    assert_eq!(shop.page(), None, "nothing is open, so nothing is asked");
    let from = Cursor {
        epoch: epoch(),
        seq: 120,
    };
    let effects = shop.engine.relay_goes_on_at(from, 20, shop.now).unwrap();
    assert_eq!(shop.place().missed, 20, "the gap is a fact");
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Pull(_))),
        "Safaricom's list is read for it"
    );
}

#[test]
fn a_real_receipt_that_was_told_with_another_amount_first_is_put_right() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    assert_eq!(shop.sale(&sale).state, SaleState::Settled, "as it was told");
    shop.relay_paid(2, paid("UKN3XTWIN1", 5, "126"));
    let view = shop.sale(&sale);
    assert_eq!(
        view.matters.len(),
        1,
        "two posts of one payment disagree: both are kept and shown"
    );
    assert_eq!(shop.balance("mpesa_proved"), 730, "and neither is stronger");
    let before = shop.sql("SELECT COUNT(*) FROM witness");
    for seq in 3..10 {
        shop.relay_paid(seq, paid("UKN3XTWIN1", 5, "126"));
    }
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness"),
        before,
        "said again, it is not written again"
    );
    shop.wait_s(200);
    shop.read_list(&[row("UKN3XTWIN1", 5, "126", 20)]);
    assert_eq!(shop.balance("mpesa_proved"), 5, "Safaricom's own list decides");
    assert_eq!(
        shop.balance("reversed"),
        725,
        "and what did not come is taken out"
    );
    assert_eq!(shop.sale(&sale).matters.len(), 1, "the owner is told, once");
}

#[test]
fn a_payment_told_with_two_amounts_waits_for_the_list() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(480, Some("222"));
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN2", 100, "222"));
    shop.relay_paid(2, paid("UKN3XTWIN2", 480, "222"));
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Open,
        "the second post fits, and one of the two is not true"
    );
    let before = shop.sql("SELECT COUNT(*) FROM witness");
    shop.relay_paid(3, paid("UKN3XTWIN2", 480, "222"));
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness"),
        before,
        "said again, it is not written again"
    );
    shop.wait_s(200);
    shop.read_list(&[row("UKN3XTWIN2", 480, "222", 20)]);
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Settled,
        "Safaricom's own list decides"
    );
    assert_eq!(shop.sql("SELECT amount FROM money_in"), 48_000, "with its amount");
    assert_eq!(
        (shop.balance("mpesa_proved"), shop.balance("refund_due")),
        (480, 0),
        "and nothing is owed for what was told wrong"
    );
}

#[test]
fn a_post_does_not_change_what_the_list_has_shown() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop.wait_s(200);
    let other = shop.waits(65, Some("777"));
    shop.wait_s(200);
    shop.read_list(&[row("UKN3XTWIN3", 100, "222", 20)]);
    let sale = shop.waits(480, Some("222"));
    shop.relay_paid(1, paid("UKN3XTWIN3", 480, "222"));
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Open,
        "100 came, whoever says otherwise"
    );
    assert_eq!(shop.balance("mpesa_proved"), 0, "nothing is booked");
    assert_eq!(
        shop.sql("SELECT amount FROM money_in"),
        10_000,
        "and the list's word stays"
    );
    assert_eq!(shop.sale(&other).state, SaleState::Open, "nobody paid that one");
}

#[test]
fn what_came_beyond_what_was_told_is_owed_to_the_customer() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(20);
    shop.relay_paid(1, paid("UKN3XTWIN1", 730, "126"));
    shop.wait_s(200);
    shop.read_list(&[row("UKN3XTWIN1", 780, "126", 20)]);
    assert_eq!(shop.balance("mpesa_proved"), 780, "so much came");
    assert_eq!(shop.balance("refund_due"), -50, "50 of it is the customer's");
    assert_eq!(shop.sale(&sale).state, SaleState::Settled, "the sale is paid");
}

impl Shop {
    /// Somebody who is not Safaricom, as the relay sees, tells of a payment.
    fn forged(&mut self, seq: u64, paid: C2bPaid) {
        let paid = C2bPaid {
            at: Some(self.now.utc),
            ..paid
        };
        self.relay(seq, RelayWord::Paid { paid, odd: true });
    }
}

#[test]
fn a_forged_amount_gives_way_to_the_real_post() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let sale = shop.waits(730, Some("126"));
    shop.wait_s(5);
    shop.forged(1, paid("UKN3XTWIN1", 900, "126"));
    shop.relay_paid(2, paid("UKN3XTWIN1", 730, "126"));
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Settled,
        "Safaricom's own word of it pays the sale"
    );
    assert_eq!(
        shop.sql("SELECT amount FROM money_in"),
        73_000,
        "and the book has what was paid"
    );
    assert_eq!(shop.sql("SELECT hint FROM money_in"), 0, "and no doubt is left");
}

#[test]
fn a_forged_post_and_a_forged_message_confirm_nothing() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop.forged(1, paid("UKN3XFAKE1", 500, "126"));
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3XFAKE1".into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    let (sale, _) = shop.engine.take_code(input, shop.now).unwrap();
    assert_eq!(
        sale.proof,
        Proof::NotConfirmed,
        "only Safaricom's list, or its own post, confirms a code"
    );
    assert_eq!(shop.balance("mpesa_proved"), 0, "and nothing is proved");
}

#[test]
fn without_the_list_a_person_cannot_give_away_what_is_odd() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop.engine.set_line(true, false);
    let sale = shop.waits(500, None);
    shop.forged(1, paid("UKN3XFAKE1", 500, "126"));
    let placed = shop.engine.place_money(&receipt("UKN3XFAKE1"), &sale, shop.now);
    assert_eq!(
        placed.unwrap_err().code,
        Code::NotAllowed,
        "perhaps nobody paid it"
    );
    let limit = shop.engine.policy().told_limit.shillings();
    let much = shop.waits(limit + 1, None);
    shop.relay_paid(2, paid("UKN3XMUCH1", limit + 1, "126"));
    let (much, _) = shop
        .engine
        .place_money(&receipt("UKN3XMUCH1"), &much, shop.now)
        .unwrap();
    assert_eq!(
        much.state,
        SaleState::Settled,
        "above the limit a person may, where no list will ever come"
    );
}

#[test]
fn a_forged_post_keeps_no_list_from_being_whole() {
    let state = proof(|shop, _| {
        let made_up = C2bPaid {
            at: Some(half_past_two().utc + TimeDelta::seconds(40)),
            ..paid("UKN3XFAKE1", 90, "126")
        };
        let word = RelayWord::Paid {
            paid: made_up,
            odd: true,
        };
        shop.relay(1, word);
    });
    assert_eq!(
        state,
        PushState::Failed,
        "a payment that was made up is in no list, and the prompt is proved dead all the same"
    );
}

#[test]
fn a_message_without_digits_of_a_paid_prompts_time_stays_unconfirmed() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(8);
    shop.relay_paid(1, paid("UKN3XPAID1", 500, ""));
    shop.query_says(&push_id, PAID);
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3XPAID1".into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    let (shown, _) = shop.engine.take_code(input, shop.now).unwrap();
    assert_eq!(
        shown.proof,
        Proof::NotConfirmed,
        "nothing of the payer is visible, and Njeri's prompt lacks its code: it may be hers"
    );
}

#[test]
fn corrected_digits_do_not_forget_what_was_paid_before() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let old = shop.waits(730, Some("126"));
    let new = shop.waits(730, None);
    shop.wait_s(20);
    let at = shop.now.utc;
    shop.wait_s(120);
    let (_, effects) = shop
        .engine
        .wait_for_till(Some(&new), kes(730), Some("126"), shop.now)
        .unwrap();
    shop.effects.extend(effects);
    let late = C2bPaid {
        at: Some(at),
        ..paid("UKN3XTWIN1", 730, "126")
    };
    shop.relay_paid(1, late);
    assert_eq!(
        shop.sale(&old).state,
        SaleState::Open,
        "one phone, two sales that waited when it paid: nothing is guessed"
    );
    let cards = shop.engine.unplaced(shop.now).unwrap();
    assert_eq!(cards[0].offers.len(), 2, "it may be for either");
}

#[test]
fn of_two_phones_of_one_sale_nobody_guesses_which_was_paid() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, wrong) = shop.prompted(None, 500, NJERI);
    let again = shop
        .start_as(Some(&sale.id), 500, OTIENO, till::push::PushIntent::WrongNumber)
        .unwrap();
    let right = last_push(&again).push_id;
    shop.begin(&right);
    let accepted = till::push::Answer::Accepted {
        checkout_request_id: "ws_CO_2".into(),
    };
    shop.answer(&right, accepted);
    shop.wait_s(8);
    let hidden = C2bPaid {
        reference: sale.reference.clone(),
        ..paid("UKN3XPAID1", 500, "")
    };
    shop.relay_paid(1, hidden);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "nothing of the payer is visible: either prompt may have been paid"
    );
    shop.relay_result(2, shop.path(&wrong), "UKN3XPAID1", 500, false);
    shop.relay(3, RelayWord::Wake);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "the first phone paid");
    assert!(view.matters.is_empty(), "once: {:?}", view.matters);
    let place = shop.place();
    assert_eq!(
        (place.stumbled, place.cursor.map(|cursor| cursor.seq)),
        (0, Some(3)),
        "and nothing stands in the way of what comes next"
    );
}

#[test]
fn a_number_that_a_prompt_of_the_same_sale_has_stops_nothing() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, wrong) = shop.prompted(None, 500, NJERI);
    let again = shop
        .start_as(Some(&sale.id), 500, OTIENO, till::push::PushIntent::WrongNumber)
        .unwrap();
    let right = last_push(&again).push_id;
    shop.begin(&right);
    shop.wait_s(8);
    shop.relay_result(1, shop.path(&right), "UKN3XPAID1", 500, false);
    shop.relay_result(2, shop.path(&wrong), "UKN3XPAID1", 500, false);
    let view = shop.sale(&sale.id);
    assert!(
        view.matters
            .iter()
            .any(|matter| matter.kind == till::view::MatterKind::Contradiction),
        "one number for two prompts: somebody must look: {:?}",
        view.matters
    );
    assert_eq!(
        shop.place().cursor.map(|cursor| cursor.seq),
        Some(2),
        "and the next event is heard"
    );
}

#[test]
fn a_shown_code_whose_payer_is_hidden_may_be_of_the_prompt_on_a_phone() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(10);
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3XPAID1".into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    let other = shop.engine.take_code(input, shop.now).unwrap().0.id;
    shop.relay_paid(1, paid("UKN3XPAID1", 500, ""));
    assert_eq!(
        shop.sale(&other).proof,
        Proof::NotConfirmed,
        "Njeri has just entered her PIN, and somebody shows her message"
    );
    shop.query_says(&push_id, PAID);
    assert_eq!(
        shop.sale(&other).proof,
        Proof::NotConfirmed,
        "her prompt is paid, and lacks a code"
    );
    assert_eq!(shop.sale(&mine.id).state, SaleState::Settled, "hers is paid");
}

#[test]
fn a_payment_given_to_a_sale_is_of_the_prompt_whose_phone_paid_it() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    // Without the list a person may give away what only the relay told of.
    shop.engine.set_line(true, false);
    let (sale, wrong) = shop.prompted(None, 48_000, NJERI);
    let view = shop
        .start_as(
            Some(&sale.id),
            48_000,
            OTIENO,
            till::push::PushIntent::WrongNumber,
        )
        .unwrap();
    let right = last_push(&view).push_id;
    shop.begin(&right);
    shop.wait_s(10);
    shop.relay_paid(1, paid("UKN3XPAID1", 48_000, "678"));
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "so much is only a hint"
    );
    let (view, _) = shop
        .engine
        .place_money(&receipt("UKN3XPAID1"), &sale.id, shop.now)
        .unwrap();
    assert_eq!(
        view.state,
        SaleState::Settled,
        "a person said for which sale it is"
    );
    let paid: Vec<String> = view
        .tenders
        .iter()
        .filter_map(|tender| match &tender.kind {
            till::view::TenderKindView::Push(push) if push.receipt.is_some() => Some(push.push_id.clone()),
            till::view::TenderKindView::Push(_)
            | till::view::TenderKindView::Cash { .. }
            | till::view::TenderKindView::ToTill { .. }
            | till::view::TenderKindView::Code { .. }
            | till::view::TenderKindView::Credit { .. } => None,
        })
        .collect();
    assert_eq!(
        paid,
        [wrong],
        "Njeri's phone ends in 678, though Otieno was asked after her"
    );
}

#[test]
fn a_sale_that_waits_since_a_wrong_date_still_makes_a_payment_a_question() {
    let mut now = half_past_two();
    // The PC's date was a week ahead when she was told to pay the till.
    now.utc += TimeDelta::days(7);
    let mut shop = Shop::over(till::store::Store::in_memory().unwrap(), now);
    let waiting = shop.waits(500, Some("678"));
    shop.now.utc -= TimeDelta::days(7);
    shop.engine.skew_heard(0, shop.now);
    shop.wait_s(60);
    let (prompted, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(10);
    shop.relay_paid(1, paid("UKN3XPAID1", 500, "678"));
    assert_eq!(shop.sale(&waiting).state, SaleState::Open, "nothing is guessed");
    assert_eq!(
        last_push(&shop.sale(&prompted.id)).receipt,
        None,
        "she may have paid for either"
    );
    shop.relay_result(2, shop.path(&push_id), "UKN3XPAID1", 500, false);
    assert_eq!(
        shop.sale(&prompted.id).state,
        SaleState::Settled,
        "the prompt's own result says it"
    );
}
