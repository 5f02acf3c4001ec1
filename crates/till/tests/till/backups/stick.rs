//! Copies on a stick: proved like the others, never in anybody's way, and its troubles in words.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use daraja::Secret;
use till::Code;
use till::backup::{Form, Stick, verify};
use till::secrets::SecretName;

use super::{Place, day, names};
use crate::support::half_past_two;

fn now() -> DateTime<Utc> {
    half_past_two().utc
}

/// A key store that was never set up.
fn no_keys() -> Option<Vec<(SecretName, Secret)>> {
    Some(Vec::new())
}

fn plugged(place: &Place) -> (tempfile::TempDir, Stick, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let stick = Stick::of(&place.book());
    stick.choose(folder.path(), None, false).unwrap();
    let own = folder.path().join("Keshia-f0");
    (folder, stick, own)
}

#[test]
fn the_proved_copy_is_carried_over_once() {
    let place = Place::new();
    let (_folder, stick, own) = plugged(&place);
    assert_eq!(
        stick.carry(now(), &no_keys).unwrap(),
        None,
        "no copy yet, nothing to carry"
    );
    let (_, facts) = place.backups().take_daily(day(23)).unwrap();
    let state = stick.carry(now(), &no_keys).unwrap().expect("it was carried");
    let last = state.last.expect("and noted");
    assert_eq!((last.at, last.day), (now(), day(23)), "which, and when");
    assert_eq!(
        names(&own),
        ["keshia-2026-11-23.db"],
        "one whole file, in the shop's own folder"
    );
    let there = verify(&own.join("keshia-2026-11-23.db")).unwrap();
    assert_eq!(there, facts, "it says of itself what the book said");
    assert_eq!(stick.carry(now(), &no_keys).unwrap(), None, "not a second time");
    place.open().cash(None, 30, 30);
    place.backups().take_daily(day(23)).unwrap();
    assert!(
        stick.carry(now(), &no_keys).unwrap().is_some(),
        "a newer copy of the day, as at closing"
    );
    let sales = verify(&own.join("keshia-2026-11-23.db")).unwrap().sales;
    assert_eq!(sales, 2, "takes the older one's place");
}

#[test]
fn a_stick_that_is_not_there_gets_nothing_and_the_till_goes_on() {
    let place = Place::new();
    let (folder, stick, own) = plugged(&place);
    place.backups().take_daily(day(23)).unwrap();
    stick.carry(now(), &no_keys).unwrap();
    // What an unplugged stick leaves where a system keeps the place: an empty folder.
    std::fs::remove_dir_all(&own).unwrap();
    place.backups().take_daily(day(24)).unwrap();
    let error = stick.carry(now(), &no_keys).unwrap_err();
    assert_eq!(error.code, Code::NotFound, "{error}");
    assert!(error.message.contains("plug it in"), "what to do: {error}");
    assert!(
        names(folder.path()).is_empty(),
        "nothing was written where the stick should be"
    );
    let state = stick.state().unwrap();
    assert!(!state.there, "it is said to be gone");
    assert_eq!(
        state.last.map(|last| last.day),
        Some(day(23)),
        "and which copy is on it"
    );
    let mut shop = place.open();
    shop.cash(None, 30, 30);
    assert_eq!(shop.balance("cash"), 40, "the till goes on");
    std::fs::create_dir(&own).unwrap();
    assert!(
        stick.carry(now(), &no_keys).unwrap().is_some(),
        "back again, the copy is made up for"
    );
}

#[test]
fn fourteen_are_kept_and_nobody_else_s_file_is_touched() {
    let place = Place::new();
    let (folder, stick, own) = plugged(&place);
    let others = [
        folder.path().join("Keshia-aaaaaaaa").join("keshia-2026-11-01.db"),
        folder.path().join("keshia-2026-11-01.db"),
        folder.path().join("photo.part"),
        own.join("wedding.part"),
    ];
    for other in &others {
        std::fs::create_dir_all(other.parent().unwrap()).unwrap();
        std::fs::write(other, "mine").unwrap();
    }
    // What a stick leaves that was pulled out while it was written to.
    std::fs::write(own.join("keshia-2026-10-31.part"), "half").unwrap();
    for n in 1..=20 {
        place.backups().take_daily(day(n)).unwrap();
        stick.carry(now(), &no_keys).unwrap().expect("each day's");
    }
    let kept = names(&own);
    let copies = kept.iter().filter(|name| name.ends_with(".db")).count();
    assert_eq!(copies, 14, "two weeks: {kept:?}");
    assert!(
        !kept.iter().any(|name| name == "keshia-2026-10-31.part"),
        "half a copy is cleaned up"
    );
    assert_eq!(stick.list().unwrap().len(), 14, "and listed");
    for other in &others {
        assert_eq!(
            std::fs::read(other).unwrap(),
            b"mine",
            "{} is not ours",
            other.display()
        );
    }
}

#[test]
fn a_bad_place_is_refused_when_it_is_chosen() {
    let place = Place::new();
    let stick = Stick::of(&place.book());
    let error = stick
        .choose(&place.folder.path().join("none"), None, false)
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound, "no such folder: {error}");
    let error = stick.choose(place.folder.path(), None, false).unwrap_err();
    assert_eq!(
        error.code,
        Code::NotAllowed,
        "it would be gone with the PC: {error}"
    );
    assert_eq!(stick.state(), None, "nothing was chosen");
    let (_folder, stick, _) = plugged(&place);
    assert_eq!(
        stick.state().unwrap().form,
        Form::Plain,
        "without a code it is plain"
    );
    stick.forget().unwrap();
    assert_eq!(stick.state(), None, "and may be given up again");
    assert_eq!(
        stick.carry(now(), &no_keys).unwrap(),
        None,
        "then nothing is carried"
    );
}

/// A disk of its own in memory, where the system lets us have one; it goes with this value.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        let options = format!("size={size}");
        let mount = ["-t", "tmpfs", "-o", &options, "tmpfs"];
        let mounted = Command::new("mount").args(mount).arg(at).output();
        (cfg!(target_os = "linux") && mounted.is_ok_and(|output| output.status.success()))
            .then(|| Self(at.to_owned()))
    }

    fn read_only(&self) {
        let mount = ["-o", "remount,ro"];
        let mounted = Command::new("mount").args(mount).arg(&self.0).status();
        assert!(
            mounted.is_ok_and(|status| status.success()),
            "what was mounted can be turned"
        );
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_and_a_locked_stick_are_told_in_one_sentence() {
    let place = Place::new();
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(folder.path(), "512k") else {
        println!("nothing can be mounted here");
        return;
    };
    let stick = Stick::of(&place.book());
    stick.choose(folder.path(), None, false).unwrap();
    let (backup, _) = place.backups().take_daily(day(23)).unwrap();
    // As much room as would hold half of it.
    let room = usize::try_from(512 * 1024 - backup.bytes / 2).unwrap();
    std::fs::write(folder.path().join("film"), vec![0; room]).unwrap();
    let told = |code: Code, why: &str| {
        let error = stick.carry(now(), &no_keys).unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert!(
            error.message.contains(why) && error.message.matches('.').count() == 1,
            "one sentence: {error}"
        );
    };
    told(Code::DiskFull, "full");
    assert!(
        names(&folder.path().join("Keshia-f0")).is_empty(),
        "half a copy does not keep it full"
    );
    std::fs::remove_file(folder.path().join("film")).unwrap();
    disk.read_only();
    told(Code::DiskReadOnly, "may not write");
    let mut shop = place.open();
    shop.cash(None, 30, 30);
    assert_eq!(shop.balance("cash"), 40, "and the till goes on");
}
