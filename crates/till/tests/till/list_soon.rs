//! A prompt that starts while the list is being read is looked for soon, not at the end of an idle pause.

use till::engine::PullWord;
use till::push::{Answer, Reason};

use crate::support::{NJERI, Shop, last_push};

#[test]
fn a_reading_that_ends_while_a_prompt_is_only_intended_does_not_put_the_next_off() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    // Keshia has just started, and reads the list once.
    shop.wait_s(1);
    let page = shop.page().expect("the list is read at the start");
    let sale = shop.start(None, 500, NJERI).unwrap();
    shop.say_of_page(page, PullWord::NothingFound);
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    let mut waited_s = 0;
    while shop.page().is_none() && waited_s < 3_600 {
        shop.wait_s(15);
        waited_s += 15;
    }
    // Policy, pull_pauses_ms: three minutes while the youngest open thing is younger than twenty.
    assert!(
        waited_s <= 195,
        "only the list can tell, and it was not asked for {waited_s} s"
    );
}
