//! The owner reads the day: what was taken, how sure each part of it is, what needs looking at, and each sale; of
//! other days, weeks and months too, and by the keyboard alone.

use chrono::{DateTime, TimeDelta, Utc};
use till::clock::{day_start, shop_day};
use till::engine::{CalledBack, CodeInput, Counter, Effect, Engine, PushInput, Sharing};
use till::files::{DataDir, FileKind};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, Ending, PushIntent};
use till::reference::{CounterChar, Incarnation};
use till::store::Store;
use till::view::ReadFrom;
use till::{Money, Mono, Msisdn, Now, ReceiptNumber};

use crate::support::keys::{ARROW_LEFT, ARROW_RIGHT, ENTER, ESCAPE};
use crate::support::{PAYMENT, SIZES, SOON, Shop, Till, until};

#[tokio::test]
async fn the_day_tells_what_is_proved() {
    let shop = Shop::new("day").await;
    let till = shop.open().await;
    till.practise().await;
    till.ask_phone("120", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
    till.type_keys("50c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;

    till.click("nav-day").await;
    till.says_within("day-taken", "KSh 170", SOON).await;
    // A query names no code; Safaricom's list brings it, and the screen follows by itself.
    till.says_within("day-proved", "120", PAYMENT).await;
    till.says_within("day-not-proved", "0", SOON).await;
    till.picture("1-today").await;
    till.click("day-before").await;
    till.says_within("day-taken", "KSh 0", SOON).await;
    till.click("day-after").await;
    till.says_within("day-taken", "KSh 170", SOON).await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.close().await;
}

/// A shop that sold all of yesterday, by three persons who have left since, and one sale today.
pub(crate) async fn with_a_yesterday(shop: &Shop) -> Till<'_> {
    let till = shop.open().await;
    till.starts_today("Mama Njeri Stores").await;
    till.kill().await;
    let folder = DataDir::at(shop.desktop.data_dir()).expect("the till's folder");
    sell_yesterday(&folder.database(FileKind::Live));
    shop.open().await
}

#[tokio::test]
async fn yesterday_by_the_keyboard() {
    let shop = Shop::new("day_keys").await;
    let till = with_a_yesterday(&shop).await;
    till.ready_to_sell().await;
    till.click("nav-day").await;
    till.says_within("day-taken", "KSh 0", SOON).await;
    till.type_keys(ARROW_LEFT).await;
    till.says_within("day-taken", "KSh 15,706", SOON).await;
    till.says("day-not-confirmed", "Achieng").await;
    let people = till
        .run("return [...document.querySelectorAll('[data-testid=day-person]')].map(row => row.dataset.name)")
        .await;
    assert_eq!(
        people,
        serde_json::json!(["Wanjiru", "Otieno", "Achieng"]),
        "who took the money, the largest sum first"
    );
    let lines = "return document.querySelectorAll('[data-testid=day-line]').length";
    until("each sale of the day", SOON, async || {
        (till.run(lines).await == 45).then_some(())
    })
    .await;

    till.type_keys("/").await;
    till.cursor_in("day-search").await;
    till.type_keys("Achieng 450").await;
    until("hers", SOON, async || (till.run(lines).await == 3).then_some(())).await;
    till.type_keys(ESCAPE).await;
    until("all again", SOON, async || {
        (till.run(lines).await == 45).then_some(())
    })
    .await;
    till.type_keys("UKN3X00007").await;
    until("by its code", SOON, async || {
        (till.run(lines).await == 1).then_some(())
    })
    .await;
    till.picture("1-found").await;
    till.type_keys(ENTER).await;
    till.counter_is("code_not_confirmed", SOON).await;
    till.next_customer().await;

    till.click("nav-day").await;
    for (key, kind) in [("w", "week"), ("m", "month"), ("c", "open"), ("d", "day")] {
        till.type_keys(key).await;
        till.find(&format!("[data-testid=day][data-period={kind}]")).await;
    }
    till.type_keys(&format!("{ARROW_LEFT}{ARROW_LEFT}{ARROW_RIGHT}"))
        .await;
    till.says_within("day-taken", "KSh 15,706", SOON).await;
    till.close().await;
}

#[tokio::test]
async fn the_day_in_every_look() {
    let shop = Shop::new("day_looks").await;
    let till = with_a_yesterday(&shop).await;
    till.ready_to_sell().await;
    for (language, theme) in [("en", "light"), ("en", "dark"), ("sw", "light"), ("sw", "dark")] {
        till.click("nav-settings").await;
        till.choose(&format!("set-locale-{language}")).await;
        till.choose(&format!("set-theme-{theme}")).await;
        till.click("nav-day").await;
        till.see("day-taken").await;
        till.type_keys(ARROW_LEFT).await;
        till.says_within("day-taken", "KSh 15,706", SOON).await;
        for (width, height) in SIZES {
            till.resized(&shop, (width, height)).await;
            fits(&till, &format!("{width}×{height} in {language}, {theme}")).await;
            till.picture(&format!("{language}-{theme}-{width}")).await;
        }
        till.is_accessible(&format!("the day in {language}, {theme}"))
            .await;
        till.run("document.querySelector('[data-testid=day-roll]').scrollIntoView()")
            .await;
        till.picture(&format!("roll-{language}-{theme}")).await;
    }
    till.click("nav-settings").await;
    till.choose("set-text-largest").await;
    till.resized(&shop, SIZES[0]).await;
    till.click("nav-day").await;
    till.type_keys(ARROW_LEFT).await;
    till.says_within("day-taken", "KSh 15,706", SOON).await;
    fits(&till, "the largest text").await;
    till.picture("largest").await;
    till.type_keys("m").await;
    till.see("day-bars").await;
    till.picture("month").await;
    till.close().await;
}

async fn fits(till: &Till<'_>, moment: &str) {
    let overflow = till
        .run(
            "const day = document.querySelector('[data-testid=day]');
             return day.scrollWidth - day.clientWidth",
        )
        .await;
    assert!(
        overflow.as_i64().is_some_and(|pixels| pixels <= 1),
        "nothing stands beyond the edge, {moment}: {overflow}"
    );
}

/// What each sale of yesterday was paid with.
#[derive(Clone, Copy)]
enum By {
    Cash,
    Code,
    Prompt,
}

/// Forty-five sales from six in the morning to nine in the evening.
fn sell_yesterday(book: &std::path::Path) {
    let store = Store::open(book).expect("the shop's book");
    for (id, name) in [("p1", "Achieng"), ("p2", "Otieno"), ("p3", "Wanjiru")] {
        // They have left, so that the counter needs no PIN.
        store
            .read()
            .execute(
                "INSERT INTO person (id, name, role, pin, made_at, left_at) VALUES (?1, ?2, 'cashier', '-', 0, 1)",
                [id, name],
            )
            .expect("somebody who sold");
    }
    let opens = day_start(shop_day(Utc::now())) - TimeDelta::hours(18);
    let counter = Counter {
        letter: CounterChar::FIRST,
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: false,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    };
    let ids = IdSource::from_system().expect("randomness");
    let mut engine = Engine::open(store, Policy::live(), counter, ids, now(opens, 0)).expect("an engine");
    for n in 0..45_i64 {
        let (who, by) = (["p1", "p2", "p3"][usize::try_from(n % 3).unwrap_or(0)], way(n));
        engine
            .store()
            .read()
            .execute("UPDATE desk SET person_id = ?1", [who])
            .expect("who is at the counter");
        sell(&mut engine, now(opens, n * 20 + n % 7), n, by);
    }
    engine
        .store()
        .read()
        .execute("UPDATE desk SET person_id = NULL", [])
        .expect("nobody is at the counter");
}

const fn way(n: i64) -> By {
    match n % 5 {
        0 | 3 => By::Cash,
        1 | 4 => By::Prompt,
        _ => By::Code,
    }
}

fn now(opens: DateTime<Utc>, minutes: i64) -> Now {
    Now {
        utc: opens + TimeDelta::minutes(minutes),
        mono: Mono(minutes.unsigned_abs() * 60_000),
    }
}

fn sell(engine: &mut Engine, now: Now, n: i64, by: By) {
    let amount = Money::from_shillings(150 + n % 9 * 50 - n % 2 * 2).expect("an amount");
    let code = format!("UKN3X{n:05}");
    match by {
        By::Cash => {
            engine.take_cash(None, amount, amount, now).expect("cash");
        }
        By::Code => {
            let input = CodeInput {
                sale_id: None,
                amount,
                code,
                read_from: ReadFrom::ShopPhone,
                warned: true,
            };
            engine.take_code(input, now).expect("a code");
        }
        By::Prompt => {
            let input = PushInput {
                sale_id: None,
                amount,
                msisdn: Msisdn::parse(&format!("07{:08}", 12_345_600 + n)).expect("a phone"),
                intent: PushIntent::Ordinary,
                reference: None,
            };
            let push = engine.record_push(&input, now).expect("a prompt");
            let effects = engine.begin_sending(&push.id, now).expect("it is sent");
            let path = effects.into_iter().find_map(|effect| {
                if let Effect::Send(order) = effect {
                    Some(order.callback_path)
                } else {
                    None
                }
            });
            let accepted = Answer::Accepted {
                checkout_request_id: format!("ws_CO_{n}"),
            };
            engine
                .push_answered(&push.id, accepted, now)
                .expect("it is accepted");
            let called = CalledBack {
                ending: Ending::Paid,
                receipt: Some(ReceiptNumber::parse(&code).expect("a code")),
                amount: None,
                paid_at: None,
            };
            engine
                .called_back(&path.expect("a path"), called, now)
                .expect("it is paid");
        }
    }
}
