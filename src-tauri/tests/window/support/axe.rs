//! Deque's axe (`axe-core`, a development dependency of the page) looks at the window that a person sees.

use std::fs;

use super::Till;

/// As npm lays it down; `cargo xtask test` installs the page's packages first.
const SOURCE: &str = "ui/node_modules/axe-core/axe.min.js";

/// WCAG 2.2 A and AA, and axe's own good practices; a line for each place that breaks a rule. A colour on its way
/// to another is waited for.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    Promise.all(document.getAnimations().map((change) => change.finished.catch(() => null)))
        .then(() => axe.run(document, { resultTypes: ['violations'] })).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map(
            (node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))),
        (error) => done([String(error)]))";

impl Till<'_> {
    /// Every place of the window gone to that somebody could not see, hear or reach.
    pub async fn barriers(&self) -> Vec<String> {
        if self.run("return typeof axe === 'undefined'").await == true {
            let axe =
                fs::read_to_string(SOURCE).expect("axe is installed: run npm ci in ui, or cargo xtask test");
            self.run(&axe).await;
        }
        serde_json::from_value(self.run_async(RUN).await).expect("the script returns lines")
    }

    /// Fails with what [`Self::barriers`] finds.
    pub async fn is_accessible(&self, moment: &str) {
        let found = self.barriers().await;
        assert!(
            found.is_empty(),
            "{moment}: everybody can see, hear and reach what is there: {found:#?}"
        );
    }
}
