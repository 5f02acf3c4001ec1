//! Every screen and panel in the real window, on one walk in two languages: at both sizes, in light and dark, and in all
//! three sizes of text, of which the largest has the least room. Everybody can see, hear and reach what is there, no word
//! is cut or under another, and a picture is kept for a person to look at.

mod day;
mod doors;
mod drawer;
mod people;
mod practice;
mod selling;
mod settings;

use std::cell::RefCell;

use crate::support::{SIZES, Shop, Till};

/// How the window looks on one walk.
#[derive(Clone, Copy)]
struct Look {
    locale: &'static str,
    /// One after the other at each moment.
    views: &'static [View],
}

/// Theme, text and size.
type View = (&'static str, &'static str, (u32, u32));

const HARD: Look = Look {
    locale: "sw",
    views: &[
        ("light", "largest", SIZES[0]),
        ("dark", "largest", SIZES[1]),
        ("dark", "large", SIZES[0]),
        ("light", "normal", SIZES[1]),
    ],
};

const USUAL: Look = Look {
    locale: "en",
    views: &[
        ("light", "normal", SIZES[0]),
        ("dark", "normal", SIZES[1]),
        ("dark", "largest", SIZES[0]),
        ("light", "large", SIZES[1]),
    ],
};

/// Pages of one screen that are kept as pictures; longer ones repeat themselves.
const MOST_PAGES: usize = 12;

/// One walk through a shop's screens. What is found is told at its end, all of it at once.
struct Walk<'a> {
    shop: &'a Shop,
    till: &'a Till<'a>,
    look: Look,
    found: RefCell<Vec<String>>,
}

impl<'a> Walk<'a> {
    /// A walk in a book that is open, in the language of the look.
    async fn new(shop: &'a Shop, till: &'a Till<'a>, look: Look) -> Self {
        till.click("nav-settings").await;
        till.choose(&format!("set-locale-{}", look.locale)).await;
        till.click("nav-sell").await;
        till.ready_to_sell().await;
        Self::outside(shop, till, look)
    }

    /// A walk before there is a book.
    const fn outside(shop: &'a Shop, till: &'a Till<'a>, look: Look) -> Self {
        Self {
            shop,
            till,
            look,
            found: RefCell::new(Vec::new()),
        }
    }

    /// Looks at the screen as it is now, in each view of the look.
    async fn at(&self, moment: &str) {
        for (place, &(theme, text, size)) in self.look.views.iter().enumerate() {
            self.till.resized(self.shop, size).await;
            // As the settings do it; they are a screen of their own here.
            self.till
                .run(&format!(
                    "Object.assign(document.documentElement.dataset, {{ theme: '{theme}', text: '{text}' }})"
                ))
                .await;
            let found = [self.till.barriers().await, self.till.spoilt().await].concat();
            let told = found
                .into_iter()
                .map(|what| format!("{moment}, {theme}, {text}, {}: {what}", size.0));
            self.found.borrow_mut().extend(told);
            let name = format!("{moment}-{theme}-{text}");
            if place == 0 {
                self.pages(&name).await;
            } else {
                self.till.picture(&name).await;
            }
        }
    }

    /// A picture of each page of what scrolls.
    async fn pages(&self, name: &str) {
        const TURN: &str = "const m = document.querySelector('.screen > main, .page');
            if (m === null || m.scrollTop + m.clientHeight >= m.scrollHeight - 8) return false;
            m.scrollTop += m.clientHeight * 0.9; return true";
        self.till.picture(name).await;
        for page in 2..=MOST_PAGES {
            if self.till.run(TURN).await != true {
                break;
            }
            self.till.picture(&format!("{name}-{page}")).await;
        }
        self.till
            .run("const m = document.querySelector('.screen > main, .page'); if (m !== null) m.scrollTop = 0")
            .await;
    }

    /// The end: nothing was found on the whole walk.
    fn ends(self) {
        let found = self.found.into_inner();
        assert!(
            found.is_empty(),
            "what somebody could not see, read, hear or reach:\n{}",
            found.join("\n")
        );
    }
}
