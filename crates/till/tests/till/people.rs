//! Who may do what: asked in the engine, whoever calls.

use daraja::Secret;
use till::engine::{PaperPaid, PaperSale, RefundInput, RefundWay};
use till::people::{Act, Role};
use till::view::DeskView;
use till::{Code, TillError};

use super::support::{NJERI, Shop, kes};

const OWNERS_PIN: &str = "4071";
const PASSPHRASE: &str = "mango tree by the well";

/// A shop with an owner, a manager and a cashier, locked.
pub struct Staff {
    pub shop: Shop,
    pub owner: String,
    pub manager: String,
    pub cashier: String,
}

pub fn staff() -> Staff {
    let mut shop = Shop::in_memory();
    shop.engine.set_pepper(Some(Secret::new("pepper".to_owned())));
    let now = shop.now;
    shop.engine
        .make_owner("Njeri", OWNERS_PIN, PASSPHRASE, now)
        .unwrap();
    shop.engine
        .add_person("Otieno", Role::Manager, "5093", now)
        .unwrap();
    let (view, _) = shop
        .engine
        .add_person("Achieng", Role::Cashier, "2718", now)
        .unwrap();
    let id = |name: &str| {
        let found = view.people.iter().find(|person| person.name == name);
        found.unwrap().id.clone()
    };
    let (owner, manager, cashier) = (id("Njeri"), id("Otieno"), id("Achieng"));
    shop.engine.lock(now).unwrap();
    Staff {
        shop,
        owner,
        manager,
        cashier,
    }
}

impl Staff {
    pub fn new() -> Self {
        staff()
    }

    pub fn sign_in(&mut self, who: &str, pin: &str) -> Result<DeskView, TillError> {
        let (view, _) = self.shop.engine.sign_in(who, pin, self.shop.now)?;
        Ok(view)
    }

    pub fn column(&mut self, sql: &str) -> Vec<Option<String>> {
        let conn = self.shop.engine.store().read();
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

#[test]
fn each_row_of_the_table_holds() {
    let mut staff = staff();
    let people = [
        (staff.cashier.clone(), "2718", Role::Cashier),
        (staff.manager.clone(), "5093", Role::Manager),
        (staff.owner.clone(), OWNERS_PIN, Role::Owner),
    ];
    for (id, pin, role) in people {
        staff.sign_in(&id, pin).unwrap();
        for act in Act::ALL {
            let needs = act.needs();
            let told = staff
                .shop
                .engine
                .may(*act, staff.shop.now)
                .map_err(|error| error.code);
            let expected = if role < needs.role {
                Err(Code::NotPermitted)
            } else if needs.passphrase {
                Err(Code::PassphraseNeeded)
            } else {
                Ok(())
            };
            assert_eq!(told, expected, "{act:?} for a {role:?}");
        }
    }
    staff
        .shop
        .engine
        .give_passphrase(PASSPHRASE, staff.shop.now)
        .unwrap();
    for act in Act::ALL {
        assert_eq!(
            staff.shop.engine.may(*act, staff.shop.now),
            Ok(()),
            "the owner, with the passphrase, may do all: {act:?}"
        );
    }
}

#[test]
fn a_locked_till_sells_nothing_and_loses_nothing() {
    let mut staff = staff();
    let error = staff.shop.start(None, 730, NJERI).unwrap_err();
    assert_eq!(error.code, Code::Locked, "nobody is here");
    let cashier = staff.cashier.clone();
    let wrong = staff.sign_in(&cashier, "2719").unwrap_err();
    assert_eq!(wrong.code, Code::PinWrong, "another PIN is not hers");
    let view = staff.sign_in(&cashier, "2718").unwrap();
    assert!(!view.locked, "her PIN opens the counter");
    let (sale, _) = staff.shop.prompted(None, 730, NJERI);
    staff.shop.engine.lock(staff.shop.now).unwrap();
    assert_eq!(
        staff.shop.sale(&sale.id).id,
        sale.id,
        "what waits goes on waiting while it is locked"
    );
}

#[test]
fn every_entry_names_who_took_the_money() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let now = staff.shop.now;
    let (part, _) = staff
        .shop
        .engine
        .take_cash(None, kes(500), kes(200), now)
        .unwrap();
    staff.sign_in(&manager, "5093").unwrap();
    staff
        .shop
        .engine
        .take_cash(Some(&part.sale.id), kes(500), kes(300), now)
        .unwrap();
    assert_eq!(
        staff.column("SELECT person_id FROM sale"),
        [Some(cashier.clone())],
        "she began it"
    );
    assert_eq!(
        staff.column("SELECT person_id FROM posting ORDER BY seq"),
        [
            Some(cashier.clone()),
            Some(cashier),
            Some(manager.clone()),
            Some(manager)
        ],
        "each took a part of the money"
    );
}

#[test]
fn wrong_pins_cost_time_also_after_a_start() {
    let mut staff = staff();
    let cashier = staff.cashier.clone();
    for _ in 0..3 {
        assert_eq!(
            staff.sign_in(&cashier, "9999").unwrap_err().code,
            Code::PinWrong,
            "three are free"
        );
    }
    assert_eq!(
        staff.sign_in(&cashier, "2718").unwrap_err().code,
        Code::PinSlow,
        "now even the right one waits"
    );
    staff.shop.wait_s(31);
    assert_eq!(
        staff.sign_in(&cashier, "9999").unwrap_err().code,
        Code::PinWrong,
        "one more try, and a longer wait"
    );
    staff.shop.wait_s(31);
    assert_eq!(
        staff.sign_in(&cashier, "2718").unwrap_err().code,
        Code::PinSlow,
        "the wait doubles"
    );
    let Staff { shop, .. } = staff;
    let mut again = Shop::over(shop.engine.into_store(), shop.now);
    again.engine.set_pepper(Some(Secret::new("pepper".to_owned())));
    let told = again.engine.sign_in(&cashier, "2718", again.now);
    assert_eq!(
        told.unwrap_err().code,
        Code::PinSlow,
        "a start does not make tries free"
    );
    again.wait_s(31);
    again
        .engine
        .sign_in(&cashier, "2718", again.now)
        .expect("the right one, after the wait");
}

#[test]
fn another_pepper_knows_nobody() {
    let mut staff = staff();
    staff
        .shop
        .engine
        .set_pepper(Some(Secret::new("another PC's".to_owned())));
    let cashier = staff.cashier.clone();
    assert_eq!(
        staff.sign_in(&cashier, "2718").unwrap_err().code,
        Code::PinWrong,
        "a stolen file alone checks no PIN"
    );
    staff.shop.engine.set_pepper(None);
    assert_eq!(
        staff.sign_in(&cashier, "2718").unwrap_err().code,
        Code::Keyring,
        "without the key store it is said what is missing"
    );
}

#[test]
fn an_override_names_a_person_and_a_reason_and_counts_once() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let now = staff.shop.now;
    let engine = &mut staff.shop.engine;
    assert_eq!(
        engine.confirm_clock(now).unwrap_err().code,
        Code::NotPermitted,
        "not hers to say"
    );
    assert_eq!(
        engine
            .grant(Act::ConfirmClock, (&manager, "5093"), " ", now)
            .unwrap_err()
            .code,
        Code::NotAllowed,
        "not without a reason"
    );
    assert_eq!(
        engine
            .grant(Act::ConfirmClock, (&cashier, "2718"), "I say so", now)
            .unwrap_err()
            .code,
        Code::NotPermitted,
        "her own PIN allows her no more"
    );
    engine
        .grant(Act::ConfirmClock, (&manager, "5093"), "the battery is new", now)
        .unwrap();
    engine.confirm_clock(now).unwrap();
    assert_eq!(
        engine.confirm_clock(now).unwrap_err().code,
        Code::NotPermitted,
        "once"
    );
    let written = staff.column(
        "SELECT person_id || ' ' || allowed_by || ' ' || text FROM act JOIN reason ON reason.id = reason_id",
    );
    assert_eq!(
        written,
        [Some(format!("{cashier} {manager} the battery is new"))],
        "who, by whose leave, and why"
    );
}

#[test]
fn a_counter_that_nobody_touches_locks() {
    let mut staff = staff();
    let cashier = staff.cashier.clone();
    staff.sign_in(&cashier, "2718").unwrap();
    staff.shop.wait_s(200);
    assert!(!staff.shop.engine.desk(staff.shop.now).unwrap().locked, "not yet");
    let (_, _) = staff.shop.prompted(None, 100, NJERI);
    staff.shop.wait_s(200);
    assert!(
        !staff.shop.engine.desk(staff.shop.now).unwrap().locked,
        "selling keeps it awake"
    );
    staff.shop.wait_s(150);
    assert!(staff.shop.engine.desk(staff.shop.now).unwrap().locked, "now");
}

#[test]
fn one_chain_goes_through_all_that_is_only_added() {
    let mut staff = staff();
    let cashier = staff.cashier.clone();
    staff.sign_in(&cashier, "2718").unwrap();
    let now = staff.shop.now;
    staff
        .shop
        .engine
        .take_cash(None, kes(500), kes(500), now)
        .unwrap();
    staff.shop.prompted(None, 730, NJERI);
    let places = staff.column(
        "SELECT CAST(seq AS TEXT) FROM (SELECT seq FROM act UNION ALL SELECT seq FROM posting UNION ALL SELECT seq FROM witness) ORDER BY seq",
    );
    let expected: Vec<_> = (1..=places.len()).map(|place| Some(place.to_string())).collect();
    assert_eq!(places, expected, "each row has its own place in one order");
}

#[test]
fn a_cashier_gives_up_no_sale_on_which_money_moved() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let (live, _) = staff.shop.prompted(None, 730, NJERI);
    let part = staff.shop.cash(None, 100, 40);
    let now = staff.shop.now;
    for id in [&live.id, &part.id] {
        let told = staff.shop.engine.void_sale(id, "left", now);
        assert_eq!(
            told.unwrap_err().code,
            Code::NotPermitted,
            "not a cashier's to say"
        );
    }
    let paid = staff.shop.cash(None, 100, 100);
    let back = RefundInput {
        sale_id: paid.id,
        amount: kes(10),
        way: RefundWay::Cash,
        owed: false,
        reason: "torn".into(),
    };
    let refused = staff.shop.engine.refund(&back, now).unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted, "nor does one give money back");
    let paper = PaperSale {
        amount: kes(10),
        at: now.utc,
        paid: PaperPaid::Cash,
    };
    let refused = staff.shop.engine.write_in(&paper, now).unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted, "or write sales in later");
    staff.sign_in(&manager, "5093").unwrap();
    for id in [&live.id, &part.id] {
        staff.shop.engine.void_sale(id, "left", now).unwrap();
    }
    staff.shop.engine.refund(&back, now).unwrap();
    staff.shop.engine.write_in(&paper, now).unwrap();
}

/// The owner is at the till, with the passphrase given.
fn owner_at_work() -> Staff {
    let mut staff = staff();
    let owner = staff.owner.clone();
    staff.sign_in(&owner, OWNERS_PIN).unwrap();
    let now = staff.shop.now;
    staff.shop.engine.give_passphrase(PASSPHRASE, now).unwrap();
    staff
}

#[test]
fn the_last_owner_stays() {
    let mut staff = owner_at_work();
    let (owner, manager, now) = (staff.owner.clone(), staff.manager.clone(), staff.shop.now);
    let engine = &mut staff.shop.engine;
    let refused = |told: Result<_, TillError>| told.map(|_: (DeskView, _)| ()).unwrap_err().code;
    assert_eq!(
        refused(engine.let_go(&owner, now)),
        Code::NotAllowed,
        "nobody could bring anybody in again"
    );
    assert_eq!(
        refused(engine.change_person(&owner, "Njeri", Role::Cashier, now)),
        Code::NotAllowed,
        "nor as a cashier"
    );
    engine
        .change_person(&manager, "Otieno", Role::Owner, now)
        .unwrap();
    let (view, _) = engine.let_go(&owner, now).unwrap();
    assert!(view.locked, "who has gone is not at the till any more");
    engine.sign_in(&manager, "5093", now).unwrap();
    engine
        .give_passphrase(PASSPHRASE, now)
        .expect("a further owner begins with the passphrase of the one before");
    assert_eq!(
        refused(engine.sign_in(&owner, OWNERS_PIN, now)),
        Code::NotFound,
        "the PIN of who has gone opens nothing"
    );
}

#[test]
fn a_pin_is_changed_by_its_person_and_reset_by_the_owner() {
    let mut staff = owner_at_work();
    let (cashier, now) = (staff.cashier.clone(), staff.shop.now);
    staff.shop.engine.reset_pin(&cashier, "8206", now).unwrap();
    staff.sign_in(&cashier, "8206").unwrap();
    let engine = &mut staff.shop.engine;
    assert_eq!(
        engine.change_pin("2718", "6135", now).unwrap_err().code,
        Code::PinWrong,
        "not without the PIN until now"
    );
    assert_eq!(
        engine.change_pin("8206", "1234", now).unwrap_err().code,
        Code::PinWeak,
        "nor to one that everybody tries first"
    );
    engine.change_pin("8206", "6135", now).unwrap();
    staff.shop.engine.lock(now).unwrap();
    staff.sign_in(&cashier, "6135").unwrap();
}

#[test]
fn the_recovery_code_works_once_and_on_a_new_keyring() {
    let mut staff = owner_at_work();
    let (owner, cashier, now) = (staff.owner.clone(), staff.cashier.clone(), staff.shop.now);
    let engine = &mut staff.shop.engine;
    let paper = engine.new_recovery_code(now).unwrap().join("-");
    engine.lock(now).unwrap();
    engine.set_pepper(Some(Secret::new("another PC's".to_owned())));
    let words = ("6135", "two cups of strong tea");
    assert_eq!(
        engine.recover(&paper, &cashier, words, now).unwrap_err().code,
        Code::NotAllowed,
        "it makes nobody an owner"
    );
    let ((view, next), _) = engine.recover(&paper, &owner, words, now).unwrap();
    assert!(!view.locked, "the owner is back");
    assert_ne!(next.join("-"), paper, "with another paper");
    assert_eq!(
        engine.recover(&paper, &owner, words, now).unwrap_err().code,
        Code::PinWrong,
        "the paper is spent"
    );
}

#[test]
fn a_look_that_was_allowed_is_written_once_and_ends() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let now = staff.shop.now;
    let engine = &mut staff.shop.engine;
    engine
        .grant(Act::SeeDay, (&manager, "5093"), "she closes tonight", now)
        .unwrap();
    engine.looks(Act::SeeDay, now).unwrap();
    engine
        .looks(Act::SeeDay, now)
        .expect("the day is read again when it changes");
    staff.shop.wait_s(200);
    assert_eq!(
        staff
            .shop
            .engine
            .looks(Act::SeeDay, staff.shop.now)
            .unwrap_err()
            .code,
        Code::NotPermitted,
        "not for ever"
    );
    assert_eq!(
        staff.column("SELECT allowed_by FROM act WHERE act = 'see_day'"),
        [Some(manager)],
        "one row for one leave"
    );
}

#[test]
fn the_owner_chooses_when_a_till_locks_by_itself() {
    let mut staff = owner_at_work();
    let now = staff.shop.now;
    staff.shop.engine.set_auto_lock(0, now).unwrap();
    staff.shop.wait_s(3_600);
    assert!(
        !staff.shop.engine.desk(staff.shop.now).unwrap().locked,
        "never means never"
    );
    let Staff { shop, .. } = staff;
    let again = Shop::over(shop.engine.into_store(), shop.now);
    assert_eq!(
        again.engine.desk(again.now).unwrap().auto_lock_min,
        0,
        "and is remembered"
    );
}

#[test]
fn a_sale_shows_who_began_it_and_who_took_the_money() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let now = staff.shop.now;
    let (part, _) = staff
        .shop
        .engine
        .take_cash(None, kes(500), kes(200), now)
        .unwrap();
    staff.sign_in(&manager, "5093").unwrap();
    let (done, _) = staff
        .shop
        .engine
        .take_cash(Some(&part.sale.id), kes(500), kes(300), now)
        .unwrap();
    let took: Vec<_> = done
        .sale
        .tenders
        .iter()
        .map(|tender| tender.person.as_deref())
        .collect();
    assert_eq!(
        (done.sale.person.as_deref(), took),
        (Some("Achieng"), vec![Some("Achieng"), Some("Otieno")]),
        "in the middle of a sale another took over"
    );
}
