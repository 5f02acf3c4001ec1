//! People at the till: the owner makes them, and each comes with a PIN.

use super::Till;
use super::keys::ENTER;

impl Till<'_> {
    /// Makes the owner of a shop that told nobody apart; the settings are on the screen.
    pub async fn make_owner(&self, name: &str, pin: &str, passphrase: &str) {
        self.write("person-name", name).await;
        self.write("person-pin", pin).await;
        self.write("owner-passphrase", passphrase).await;
        self.click("make-owner").await;
        self.see("recovery-paper").await;
        let script =
            "return [...document.querySelectorAll('[data-testid=recovery-group]')].at(-1).textContent";
        let last = self.run(script).await;
        self.write("recovery-typed", last.as_str().expect("a group of the code"))
            .await;
        self.click("recovery-done").await;
        self.gone("recovery-paper").await;
    }

    /// The owner brings a cashier in.
    pub async fn add_cashier(&self, name: &str, pin: &str) {
        self.write("person-name", name).await;
        self.write("person-pin", pin).await;
        self.click("person-add").await;
        self.find(&format!("[data-testid=person][data-name={name}]"))
            .await;
    }

    /// Takes the till over from whoever has it, and stands before an amount.
    pub async fn signs_in(&self, name: &str, pin: &str) {
        self.click("nav-person").await;
        self.see("lock").await;
        self.click_tile(name).await;
        self.type_keys(&format!("{pin}{ENTER}")).await;
        self.gone("lock").await;
    }

    /// Chooses a person on the lock; the cursor stands in the PIN then.
    pub async fn click_tile(&self, name: &str) {
        self.find(&format!("[data-testid=tile][data-name={name}]"))
            .await
            .click()
            .await
            .expect("a name to choose");
        self.cursor_in("pin").await;
    }
}
