//! Nobody may write.

use super::small_disk::SmallDisk;
use super::{PHONE, Sale, assert_paid_once};
use crate::support::{Shop, Simulator};

#[test]
fn the_disk_breaks_while_the_customer_pays() {
    let Some(disk) = SmallDisk::that_can_break() else {
        println!("not here: no file system of one's own can be mounted");
        return a_damaged_folder();
    };
    println!("with a file system that gives up while its files are open");
    let simulator = Simulator::start();
    let shop = Shop::practice_at(&simulator.url, disk.path().join("shop"));
    let mut sale = Sale::start(&shop);
    let prompted = sale.until("prompted");
    disk.break_down();
    simulator.types_pin(PHONE);
    sale.until_complaint("What is on the screen is kept: check the disk");
    // Whoever sees this turns the PC off.
    drop(sale);
    disk.come_back();
    let push = prompted["push_id"].as_str().unwrap();
    let status = shop.run(&["status", push, "--wait"]);
    assert_eq!(status.code, 0, "taken up where it was left: {status:?}");
    assert_paid_once(&shop, &simulator);
}

#[test]
fn a_read_only_disk_is_named_and_the_payment_is_found_again() {
    let Some(disk) = SmallDisk::in_memory(4096) else {
        println!("not here: nothing can be mounted");
        return a_damaged_folder();
    };
    println!("with a disk made read-only between two starts");
    let simulator = Simulator::start();
    let shop = Shop::practice_at(&simulator.url, disk.path());
    let sale = Sale::start(&shop);
    let prompted = sale.until("prompted");
    drop(sale);
    assert!(disk.remount("ro"), "nobody has a file open");
    simulator.types_pin(PHONE);
    let push = prompted["push_id"].as_str().unwrap();
    for words in [
        &["status", push, "--wait"][..],
        &["pay", "--phone", "0700000000", "--amount", "50"],
        &["backup"],
    ] {
        shop.run(words)
            .assert_refused(1, "disk_read_only", &format!("{words:?}"));
    }
    assert!(disk.remount("rw"), "and writable again");
    let status = shop.run(&["status", push, "--wait"]);
    assert_eq!(status.code, 0, "nothing was lost: {status:?}");
    assert_paid_once(&shop, &simulator);
}

/// What can be had everywhere: a folder that is none.
fn a_damaged_folder() {
    let shop = Shop::practice("http://127.0.0.1:9");
    let shop = shop.at_file("opened");
    shop.run(&["day"])
        .assert_refused(1, "disk_error", "a file is not a folder");
}
