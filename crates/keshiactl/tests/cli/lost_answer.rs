//! Safaricom accepts, its answer is lost, the customer pays: nobody may be asked twice.

use crate::support::{Shop, Simulator};

#[test]
fn a_lost_answer_is_not_known_and_never_sent_twice() {
    let simulator = Simulator::without_list();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["pay", "--phone", "0700000099", "--amount", "700", "--wait"]);
    assert_eq!(done.code, 4, "nobody can say: {done:?}");
    let end = done.last();
    assert_eq!(end["outcome"], "not_known", "{end}");
    assert_eq!(end["state"], "unknown", "{end}");
    let message = end["message"].as_str().unwrap();
    assert!(
        message.contains("Do not send again"),
        "it says what not to do: {message}"
    );
    assert!(message.contains("M-PESA message"), "and what to do: {message}");
    assert_eq!(simulator.pushes().len(), 1, "sent once");

    let again = shop.run(&["pay", "--phone", "0700000099", "--amount", "700", "--wait"]);
    again.assert_refused(1, "push_live", "a second push to the same phone");
    let other_amount = shop.run(&["pay", "--phone", "0700 000 099", "--amount", "10"]);
    other_amount.assert_refused(1, "push_live", "another sale to the same phone");
    assert_eq!(simulator.pushes().len(), 1, "and was not sent again");

    let push = end["push_id"].as_str().unwrap().to_owned();
    let status = shop.run(&["status", &push]);
    assert_eq!(
        status.code, 4,
        "without Safaricom's id nobody can be asked: {status:?}"
    );
    assert_eq!(status.last()["outcome"], "not_known", "{status:?}");
    let wait = shop.run(&["status", &push, "--wait"]);
    assert_eq!(
        wait.code, 4,
        "and waiting brings nothing, so it does not wait: {wait:?}"
    );

    let free = shop.run(&["pay", "--phone", "0700000000", "--amount", "700", "--wait"]);
    assert_eq!(free.code, 0, "other customers are not held up: {free:?}");
}

#[test]
fn the_list_finds_what_the_answer_did_not_tell() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["pay", "--phone", "0700000099", "--amount", "700", "--wait"]);
    let push = done.last()["push_id"].as_str().unwrap().to_owned();
    let watched = shop.run(&["watch", "--until-settled"]);
    assert_eq!(watched.code, 0, "the list told: {watched:?}");
    let end = shop.run(&["status", &push]).last();
    assert_eq!(
        (&end["state"], &end["told_by"], &end["proof"]),
        (&"paid".into(), &"money_in".into(), &"proved".into()),
        "{end}"
    );
    assert_eq!(simulator.pushes().len(), 1, "sent once");
}
