//! The till's window, driven through WebDriver as a person would: what is on the screen, keys, clicks.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, Capabilities, WebDriver, WebElement};
use tokio::time::timeout;

use super::keys::{SHIFT, TAB};
use super::process::{Running, kill, living_in};
use super::wait::{SOON, until};
use super::{Shop, shots};

/// The till as it was built for this test.
pub const KESHIA: &str = env!("CARGO_BIN_EXE_keshia");

/// The title of the till's own window.
pub const TITLE: &str = "Keshia";

/// The title of the practice customer's phone.
pub const PHONE_TITLE: &str = "Customer's phone";

/// No WebDriver call may hang longer than this.
const CALL: Duration = Duration::from_secs(30);

/// One running till with its driver.
pub struct Till<'shop> {
    shop: &'shop Shop,
    web: WebDriver,
    _driver: Running,
}

/// `cargo xtask test` says where it put the driver; without it, where it would have been put.
fn tauri_driver() -> PathBuf {
    std::env::var_os("KESHIA_TEST_TAURI_DRIVER").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/tauri-driver"),
        PathBuf::from,
    )
}

/// Two ports that the system says are free.
fn free_ports() -> (u16, u16) {
    let listen = || TcpListener::bind("127.0.0.1:0").expect("a free port");
    // Both are held until both are known, so that they differ.
    let (first, second) = (listen(), listen());
    let port = |listener: &TcpListener| listener.local_addr().expect("its address").port();
    (port(&first), port(&second))
}

impl<'shop> Till<'shop> {
    /// Opens the till on the shop's desktop and data folder and waits until its page is there.
    pub(super) async fn open(shop: &'shop Shop, environment: &[(&str, &str)]) -> Self {
        let (driver, url) = Self::start_driver(shop, environment).await;
        let mut wanted = Capabilities::new();
        wanted
            .set("tauri:options", json!({ "application": KESHIA }))
            .expect("plain JSON");
        let session = WebDriver::builder(url, wanted).request_timeout(CALL);
        let web = bounded("a WebDriver session", async { session.await }).await;
        let till = Self {
            shop,
            web,
            _driver: driver,
        };
        until("the first screen", SOON, async || {
            till.try_find("[data-testid]").await
        })
        .await;
        till
    }

    /// Another program may take a port between our asking and the driver's listening: then ask again.
    async fn start_driver(shop: &Shop, environment: &[(&str, &str)]) -> (Running, String) {
        for _ in 0..5 {
            let (port, native) = free_ports();
            let mut command = shop.desktop.command(tauri_driver());
            command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
            command.envs(environment.iter().copied());
            let mut driver = shop.desktop.start_logged(&mut command);
            let url = format!("http://127.0.0.1:{port}");
            let client = reqwest::Client::builder()
                .no_proxy()
                .timeout(CALL)
                .build()
                .expect("a plain client");
            let up = until("tauri-driver", SOON, async || {
                if driver.ended() {
                    return Some(false);
                }
                let answer = client.get(format!("{url}/status")).send().await;
                answer
                    .is_ok_and(|answer| answer.status().is_success())
                    .then_some(true)
            })
            .await;
            if up {
                return (driver, url);
            }
        }
        panic!("tauri-driver ended five times; {}", shop.desktop.log());
    }

    /// One element that is on the screen now, by CSS selector.
    pub async fn try_find(&self, selector: &str) -> Option<WebElement> {
        let found = timeout(CALL, self.web.find(By::Css(selector))).await.ok()?.ok()?;
        timeout(CALL, found.is_displayed())
            .await
            .ok()?
            .ok()?
            .then_some(found)
    }

    /// Waits until something that this CSS selector finds is on the screen.
    pub async fn find(&self, selector: &str) -> WebElement {
        until(selector, SOON, async || self.try_find(selector).await).await
    }

    /// Waits until the element with this `data-testid` is on the screen.
    pub async fn see(&self, id: &str) -> WebElement {
        self.see_within(id, SOON).await
    }

    /// As [`Self::see`], with a limit.
    pub async fn see_within(&self, id: &str, limit: Duration) -> WebElement {
        let selector = selector(id);
        until(&format!("{id} on the screen"), limit, async || {
            self.try_find(&selector).await
        })
        .await
    }

    /// Whether the element is on the screen now.
    pub async fn shows(&self, id: &str) -> bool {
        self.try_find(&selector(id)).await.is_some()
    }

    /// Waits until it is gone.
    pub async fn gone(&self, id: &str) {
        until(&format!("{id} to go"), SOON, async || {
            (!self.shows(id).await).then_some(())
        })
        .await;
    }

    /// Clicks it; a screen that redraws between finding and clicking is looked at again.
    pub async fn click(&self, id: &str) {
        until(&format!("a click on {id}"), SOON, async || {
            let element = self.try_find(&selector(id)).await?;
            timeout(CALL, element.click()).await.ok()?.ok()
        })
        .await;
    }

    /// Chooses one of several answers. The radio button itself is drawn by its label.
    pub async fn choose(&self, id: &str) {
        let label = format!("label:has({})", selector(id));
        until(&format!("{id} to be chosen"), SOON, async || {
            let label = self.try_find(&label).await?;
            timeout(CALL, label.click()).await.ok()?.ok()
        })
        .await;
    }

    /// Replaces what is in a field.
    pub async fn write(&self, id: &str, text: &str) {
        until(&format!("{text:?} in {id}"), SOON, async || {
            let field = self.try_find(&selector(id)).await?;
            timeout(CALL, field.clear()).await.ok()?.ok()?;
            timeout(CALL, field.send_keys(text)).await.ok()?.ok()
        })
        .await;
    }

    /// Chooses a file where the page asks for one, as its dialogue would.
    pub async fn choose_file(&self, id: &str, file: &Path) {
        let path = file.display().to_string();
        until(&format!("{path} in {id}"), SOON, async || {
            // Not `try_find`: the field itself is drawn by its button.
            let field = timeout(CALL, self.web.find(By::Css(selector(id))))
                .await
                .ok()?
                .ok()?;
            timeout(CALL, field.send_keys(&path)).await.ok()?.ok()
        })
        .await;
    }

    /// Types to whatever has the focus, key by key, as a cashier does.
    pub async fn type_keys(&self, keys: &str) {
        bounded("typing", async {
            self.web.action_chain().send_keys(keys).perform().await
        })
        .await;
    }

    /// To the next place that the keyboard can be in, or to the one before.
    pub async fn tab(&self, back: bool) {
        bounded("Tab", async {
            let keys = self.web.action_chain();
            if back {
                keys.key_down(SHIFT).send_keys(TAB).key_up(SHIFT).perform().await
            } else {
                keys.send_keys(TAB).perform().await
            }
        })
        .await;
    }

    /// What it says now; empty if it is not there.
    pub async fn text(&self, id: &str) -> String {
        let Some(element) = self.try_find(&selector(id)).await else {
            return String::new();
        };
        timeout(CALL, element.text())
            .await
            .ok()
            .and_then(Result::ok)
            .unwrap_or_default()
    }

    /// What is in a field.
    pub async fn value(&self, id: &str) -> String {
        let element = self.see(id).await;
        bounded("a field's value", async { element.value().await })
            .await
            .unwrap_or_default()
    }

    /// Waits until it says this.
    pub async fn says(&self, id: &str, words: &str) {
        self.says_within(id, words, SOON).await;
    }

    /// As [`Self::says`], with a limit.
    pub async fn says_within(&self, id: &str, words: &str, limit: Duration) {
        until(&format!("{id} to say {words:?}"), limit, async || {
            self.text(id).await.contains(words).then_some(())
        })
        .await;
    }

    /// The `data-testid` of what has the focus.
    pub async fn focused(&self) -> String {
        self.run("return document.activeElement?.dataset?.testid ?? ''")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn run(&self, script: &str) -> serde_json::Value {
        bounded("a script", async { self.web.execute(script, Vec::new()).await })
            .await
            .json()
            .clone()
    }

    /// Runs a script that says by its last argument when it is done, and returns what it says.
    pub async fn run_async(&self, script: &str) -> serde_json::Value {
        bounded("a script", async {
            self.web.execute_async(script, Vec::new()).await
        })
        .await
        .json()
        .clone()
    }

    /// Everything the page holds: its source, its storage and what it keeps in fields.
    pub async fn whole_page(&self) -> String {
        let script = "return document.documentElement.outerHTML + JSON.stringify(localStorage) + \
                      JSON.stringify(sessionStorage) + [...document.querySelectorAll('input,textarea')].map(f => f.value).join(' ')";
        self.run(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Goes to the window whose title has these words, when it is there.
    pub async fn go_to_window(&self, title: &str) {
        until(&format!("the window {title:?}"), SOON, async || {
            for handle in timeout(CALL, self.web.windows()).await.ok()?.ok()? {
                timeout(CALL, self.web.switch_to_window(handle))
                    .await
                    .ok()?
                    .ok()?;
                if timeout(CALL, self.web.title()).await.ok()?.ok()?.contains(title) {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// A picture of the till's window: `target/shots/<journey>-<step>.png`.
    pub async fn picture(&self, step: &str) {
        self.picture_of(TITLE, step).await;
    }

    /// A picture of the window gone to, by its title.
    pub async fn picture_of(&self, title: &str, step: &str) {
        // What the page holds is on the screen two frames later.
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)))";
        let _ = timeout(CALL, self.web.execute_async(painted, Vec::new())).await;
        shots::window(&self.shop.desktop, title, &format!("{}-{step}", self.shop.name));
    }

    /// The till's own process.
    pub fn pid(&self) -> u32 {
        let living = living_in(self.shop.desktop.home());
        let own = living.iter().find(|(_, program)| program == Path::new(KESHIA));
        own.unwrap_or_else(|| panic!("the till is not among {living:?}"))
            .0
    }

    /// As when the electricity goes: `kill -9`, and nothing of it is left.
    pub async fn kill(self) {
        let pid = self.pid();
        kill(pid);
        self.ended().await;
    }

    /// Waits until the till's process is gone, for the message bus too: a till started before the bus has
    /// noticed would take the dead one for a running one.
    pub async fn ended(self) {
        until("the till to be dead", SOON, async || {
            let living = living_in(self.shop.desktop.home());
            let gone = !living.iter().any(|(_, program)| program == Path::new(KESHIA));
            (gone && !self.shop.desktop.till_on_bus()).then_some(())
        })
        .await;
    }

    /// Ends the session as WebDriver does; the till ends with it.
    pub async fn close(self) {
        let _ = timeout(CALL, self.web.clone().quit()).await;
    }

    /// Clicks what closes the window: the answer may never come.
    pub async fn click_and_close(self, id: &str) {
        let element = self.see(id).await;
        let _ = timeout(CALL, element.click()).await;
        self.ended().await;
    }
}

impl Drop for Till<'_> {
    fn drop(&mut self) {
        // The client would say goodbye to the session while dropped, and wait long for an answer when the
        // till or its driver is dead. The driver is ended with us, and what it started with the desktop.
        let _ = self.web.clone().leak();
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Waits for one WebDriver call, no longer than it may take.
async fn bounded<T>(what: &str, call: impl Future<Output = WebDriverResult<T>>) -> T {
    timeout(CALL, call)
        .await
        .unwrap_or_else(|_| panic!("{what} took longer than {CALL:?}"))
        .unwrap_or_else(|error| panic!("{what}: {error}"))
}
