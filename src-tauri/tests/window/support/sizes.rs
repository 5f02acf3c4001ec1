//! The window at the sizes that shops have.

use serde_json::json;

use super::{SOON, Shop, Till, until};

/// An old square-ish screen and a cheap laptop.
pub const SIZES: [(u32, u32); 2] = [(1024, 700), (1366, 768)];

impl Till<'_> {
    /// Waits until the page has the size.
    pub async fn resized(&self, shop: &Shop, (width, height): (u32, u32)) {
        shop.desktop.resize("Keshia", width, height);
        let wanted = json!([width, height]);
        until("the new size", SOON, async || {
            (self.run("return [innerWidth, innerHeight]").await == wanted).then_some(())
        })
        .await;
    }

    /// A picture at each size, on which nothing is cut at the side and everybody can read everything.
    pub async fn seen(&self, shop: &Shop, step: &str) {
        self.is_accessible(step).await;
        for (width, height) in SIZES {
            self.resized(shop, (width, height)).await;
            let wide = self
                .run("return document.documentElement.scrollWidth - innerWidth")
                .await;
            assert!(
                wide.as_i64().is_some_and(|pixels| pixels <= 0),
                "nothing is cut at {width}×{height}: {wide}"
            );
            self.picture(&format!("{step}-{width}")).await;
        }
    }
}
