//! The owner reads the day on the screen, and the text for the own phone.

use super::Evening;
use super::people::CASHIER;
use super::sums::{figure, ksh, read};
use crate::support::code::east_africa;
use crate::support::{PAYMENT, SOON};

impl Evening<'_> {
    pub async fn reads_the_day(&self) {
        let till = self.till;
        let sums = &self.sums;
        till.click("nav-day").await;
        till.says_within("day-taken", &ksh(sums.sold()), SOON).await;
        till.says_within("day-proved", &figure(sums.proved()), PAYMENT)
            .await;
        for (id, wanted) in [
            ("day-not-proved", sums.not_confirmed),
            ("day-owed", 0),
            // What was counted went to the owner, who had put the float there.
            ("day-drawer", sums.counted() - sums.float),
        ] {
            assert_eq!(read(&till.text(id).await), wanted, "{id}");
        }
        for (way, wanted) in self.ways() {
            let script = format!(
                "return document.querySelector('[data-testid=day-way][data-way={way}] b').textContent"
            );
            let shown = till.run(&script).await;
            assert_eq!(read(shown.as_str().unwrap()), wanted, "by {way}");
        }
        let script = format!(
            "return document.querySelector('[data-testid=day-person][data-name={CASHIER}] b').textContent"
        );
        let hers = till.run(&script).await;
        assert_eq!(read(hers.as_str().unwrap()), sums.sold(), "she sold all of it");
        let script =
            "return [...document.querySelectorAll('[data-testid=day-look]')].map(line => line.innerText)";
        let looks = till.run(script).await.to_string();
        for open in [sums.not_known, sums.not_confirmed] {
            assert!(
                looks.contains(&figure(open)),
                "{open} is to be looked at: {looks}"
            );
        }
        self.seen("27-day").await;
        self.goes_to("day-roll").await;
        self.seen("28-day-roll").await;
    }

    /// As the screen and the files name them.
    pub fn ways(&self) -> [(&'static str, i64); 5] {
        let sums = &self.sums;
        [
            ("push", sums.push),
            ("to_till", sums.to_till),
            ("code", sums.code),
            ("cash", sums.cash),
            ("credit", sums.credit),
        ]
    }

    pub async fn reads_the_text(&self) {
        let (till, sums, words) = (self.till, &self.sums, self.words);
        till.click("evening").await;
        till.see("evening-text").await;
        let text = till.text("evening-text").await;
        let lines: Vec<&str> = text.lines().collect();
        let [play, title, rest @ ..] = lines.as_slice() else {
            panic!("a text of lines: {text}");
        };
        assert_eq!(*play, words.practice, "nobody takes it for money");
        let today = east_africa().format("%d.%m.%Y").to_string();
        assert!(title.ends_with(&today), "which day: {title}");
        let [sold, sales, back] = words.sold_line;
        let wanted = [
            format!(
                "{sold} {} ({} {sales}), {back} {}",
                ksh(sums.sold()),
                sums.sales,
                ksh(sums.given_back)
            ),
            format!("{} {}", words.cash, ksh(sums.cash)),
            format!(
                "M-PESA {}, {} {}",
                ksh(sums.mpesa()),
                words.not_confirmed,
                ksh(sums.not_confirmed)
            ),
            format!(
                "{} {}, {} {}",
                words.credit,
                ksh(sums.credit),
                words.debts_paid,
                ksh(sums.paid_off)
            ),
            format!("{}: {} {}", words.drawer, words.short, figure(sums.short)),
            format!("{CASHIER} {}", figure(sums.sold())),
            format!("{}: 2, {}", words.look, ksh(sums.not_known_at_all())),
        ];
        assert_eq!(rest, wanted, "what the owner reads on the phone");
        self.goes_to("evening-text").await;
        self.seen("32-evening-text").await;
    }
}
