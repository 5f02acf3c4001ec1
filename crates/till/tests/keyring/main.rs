//! The system's real keyring. Run inside a session that has one, as `cargo xtask test` does; on a PC
//! without one these tests fail, because a till that was never tried with a keyring is not tested.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

use daraja::Secret;
use till::secrets::{self, KeyringChoice, KeyringStore, SecretName, SecretStore, StoreKind};

const KEY: &str = "keyring-test-consumer-key";
const PASSKEY: &str = "keyring-test-passkey";

/// A till file's id of this test alone, so that tests side by side never meet.
fn file_id(test: &str) -> String {
    format!("test-{}-{test}", std::process::id())
}

/// The store of a test's own file; forgets what the test kept when it ends, however it ends.
struct Kept(KeyringStore);

impl Kept {
    fn open(file_id: &str) -> Self {
        match KeyringStore::connect(file_id) {
            Ok(store) => Self(store),
            Err(error) => panic!(
                "There is no keyring in this session ({error}). Run `cargo xtask test`, which brings one, or: \
                 dbus-run-session -- sh -c 'echo test | gnome-keyring-daemon --unlock \
                 --components=secrets >/dev/null && cargo test -p till --test keyring'"
            ),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        for name in SecretName::ALL {
            let _ = self.0.delete(name);
        }
    }
}

#[test]
fn keeps_gives_back_replaces_and_forgets() {
    let id = file_id("round-trip");
    let kept = Kept::open(&id);
    let store = &kept.0;
    assert_eq!(
        store.get(SecretName::ConsumerKey),
        Ok(None),
        "a new file has no keys"
    );
    store
        .set(SecretName::ConsumerKey, &Secret::new(format!(" {KEY}\r\n")))
        .unwrap();
    let other = Kept::open(&id);
    let read = other
        .0
        .get(SecretName::ConsumerKey)
        .unwrap()
        .expect("a second opening finds it");
    assert_eq!(read.expose(), KEY, "without the stray space of a paste");
    store.set(SecretName::ConsumerKey, &Secret::new("newer")).unwrap();
    let read = other
        .0
        .get(SecretName::ConsumerKey)
        .unwrap()
        .expect("still there");
    assert_eq!(read.expose(), "newer", "the newer replaces the older");
    store.delete(SecretName::ConsumerKey).unwrap();
    store
        .delete(SecretName::ConsumerKey)
        .expect("forgetting twice is right too");
    assert_eq!(store.get(SecretName::ConsumerKey), Ok(None), "forgotten");
}

#[test]
fn two_till_files_keep_their_keys_apart() {
    let (live, practice) = (Kept::open(&file_id("live")), Kept::open(&file_id("practice")));
    live.0.set(SecretName::Passkey, &Secret::new(PASSKEY)).unwrap();
    assert_eq!(
        practice.0.get(SecretName::Passkey),
        Ok(None),
        "practice never sees the live passkey"
    );
    practice.0.delete(SecretName::Passkey).unwrap();
    assert!(
        live.0.get(SecretName::Passkey).unwrap().is_some(),
        "nor can it forget it"
    );
}

#[test]
fn open_prefers_the_keyring() {
    let id = file_id("open");
    let _kept = Kept::open(&id);
    let store = secrets::open(&id, KeyringChoice::IfItAnswers).unwrap();
    assert_eq!(
        store.kind(),
        StoreKind::Keyring,
        "the keyring answers, so it is used"
    );
    let error = secrets::open(&id, KeyringChoice::Never)
        .err()
        .map(|error| error.to_string());
    assert!(
        error
            .as_deref()
            .is_some_and(|text| text.contains("KESHIA_CONSUMER_KEY")),
        "without either the error says what to set: {error:?}"
    );
}

/// Seen with the system's own tool, so that it is the keyring that holds it, not our memory.
#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn the_systems_own_tool_finds_the_key() {
    let id = file_id("secret-tool");
    let kept = Kept::open(&id);
    kept.0.set(SecretName::ConsumerKey, &Secret::new(KEY)).unwrap();
    let user = format!("{id}/consumer-key");

    let found = secret_tool(&["lookup", "service", "keshia", "username", &user]);
    assert_eq!(found, KEY, "secret-tool lookup");
    let all = secret_tool(&["search", "--all", "service", "keshia", "username", &user]);
    assert!(all.contains(KEY), "secret-tool search --all: {all}");

    kept.0.delete(SecretName::ConsumerKey).unwrap();
    let found = secret_tool(&["lookup", "service", "keshia", "username", &user]);
    assert_eq!(found, "", "forgotten for the system too");
}

#[cfg(all(unix, not(target_os = "macos")))]
fn secret_tool(arguments: &[&str]) -> String {
    let output = std::process::Command::new("secret-tool")
        .args(arguments)
        .output()
        .expect("libsecret-tools is installed");
    String::from_utf8(output.stdout)
        .expect("secret-tool prints text")
        .trim_end()
        .to_owned()
}
