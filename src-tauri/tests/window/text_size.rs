//! The largest text on the smallest window: nothing is cut, nothing lies over something else, and it is kept.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

/// Words that are cut, stand outside the window, or lie over other words of the same place.
const SPOILT: &str = "
    const shown = (e) => { const r = e.getBoundingClientRect();
        return r.width > 1 && r.height > 1 && !e.closest('.sr-only'); };
    const say = (e) => `${e.dataset.testid ?? e.tagName}: ${e.textContent.trim().slice(0, 40)}`;
    const spoilt = [];
    for (const e of [...document.querySelectorAll('#app *')].filter(shown)) {
        const style = getComputedStyle(e);
        if (e.tagName === 'INPUT' || e instanceof SVGElement) continue;
        if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1) spoilt.push('cut ' + say(e));
        const r = e.getBoundingClientRect();
        if (r.right > innerWidth + 1 || r.left < -1) spoilt.push('outside ' + say(e));
    }
    for (const area of document.querySelectorAll('[data-testid=counter], [data-testid=settings]')) {
        if (area.scrollWidth > area.clientWidth + 1) spoilt.push('scrolls sideways ' + say(area));
        if (area.dataset.testid === 'counter' && area.scrollHeight > area.clientHeight + 1)
            spoilt.push(`the counter scrolls by ${area.scrollHeight - area.clientHeight}`);
    }
    const lines = [...document.querySelectorAll('[data-testid=counter] *')]
        .filter((e) => shown(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
        .map((e) => { const range = document.createRange(); range.selectNodeContents(e);
            return [e, [...range.getClientRects()].filter((r) => r.width > 2)]; });
    lines.forEach(([a, of_a], n) => { for (const [b, of_b] of lines.slice(n + 1)) {
        if (a.contains(b) || b.contains(a)) continue;
        if (of_a.some((x) => of_b.some((y) =>
            Math.min(x.right, y.right) - Math.max(x.left, y.left) > 3 &&
            Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 5))) spoilt.push(`${say(a)} over ${say(b)}`);
    } });
    return spoilt";

async fn is_whole(till: &Till<'_>, moment: &str) {
    till.picture(moment).await;
    assert_eq!(
        till.run(SPOILT).await,
        serde_json::json!([]),
        "{moment}: every word can be read"
    );
}

#[tokio::test]
async fn the_largest_text_on_the_smallest_window() {
    let shop = Shop::new("text_size").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    shop.desktop.resize("Keshia", 1024, 700);
    let wanted = serde_json::json!([1024, 700]);
    until("the new size", SOON, async || {
        (till.run("return [innerWidth, innerHeight]").await == wanted).then_some(())
    })
    .await;
    till.click("nav-settings").await;
    // The language with the longer words.
    till.choose("set-locale-sw").await;
    till.choose("set-text-largest").await;
    let size = "return getComputedStyle(document.documentElement).fontSize";
    until("larger words", SOON, async || {
        (till.run(size).await == "19px").then_some(())
    })
    .await;
    is_whole(&till, "1-settings").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    till.type_keys("650+3*200").await;
    is_whole(&till, "2-sum").await;
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0700000032{ENTER}")).await;
    till.counter_is("failed_provisional", PAYMENT).await;
    is_whole(&till, "3-cancelled").await;
    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("pay-code").await;
    is_whole(&till, "4-number").await;
    till.next_customer().await;
    simulator.fault(serde_json::json!({ "pull_down": 100 })).await;
    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    is_whole(&till, "5-not-known").await;
    till.next_customer().await;
    till.click("nav-day").await;
    till.see("day-taken").await;
    is_whole(&till, "6-day").await;
    till.close().await;

    // It is the shop's, so the next start has it.
    let till = shop.open_at(&simulator).await;
    till.ready_to_sell().await;
    assert_eq!(till.run(size).await, "19px", "the text size was kept");
    till.close().await;
}
