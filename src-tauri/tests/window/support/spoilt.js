// Everything that somebody could not read: words that are cut, stand outside the window, scroll sideways, lie over
// other words, or are too small; a line for each. The counter must need no scrolling at all.
const SMALLEST_PX = 14.9;
const spoilt = [];
const rect = (e) => e.getBoundingClientRect();
const style = (e) => getComputedStyle(e);
// A dialog lies over everything else: then it alone is read.
const root = [...document.querySelectorAll('[role=dialog], [role=alertdialog], dialog')].at(-1) ?? document.querySelector('#app');
const say = (e) => `${e.dataset.testid ?? `${e.tagName} ${e.getAttribute('class') ?? ''}`}: ${
    (e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}`;
const shown = (e) => {
    const { width, height } = rect(e);
    return width > 1 && height > 1 && !e.closest('.sr-only, svg') && style(e).visibility === 'visible';
};
const own = (e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
const TYPED = 'input:not([type=radio], [type=checkbox], [type=file]), select';
/** What stands in a field, as it is drawn. */
const typed = (e) => (e.tagName === 'SELECT' ? (e.selectedOptions[0]?.textContent ?? '') : e.value || e.placeholder);
const pen = document.createElement('canvas').getContext('2d');
const width = (e) => {
    const { font, letterSpacing } = style(e);
    pen.font = font;
    return pen.measureText(typed(e)).width + (parseFloat(letterSpacing) || 0) * typed(e).length;
};
const sides = (e) => [parseFloat(style(e).paddingLeft), parseFloat(style(e).paddingRight)];

function look(e) {
    const { overflowX, overflowY, fontSize } = style(e);
    const sideways = e.scrollWidth > e.clientWidth + 1;
    const longer = e.scrollHeight > e.clientHeight + 1;
    if (e.matches(TYPED)) {
        // What somebody types may be longer than its field, which scrolls with it.
        const [left, right] = sides(e);
        if (e.tagName === 'SELECT' || e.value === '')
            if (width(e) > e.clientWidth - left - right + 1) spoilt.push(`cut in its field: ${typed(e)}`);
    } else {
        if (/hidden|clip/.test(overflowX) && sideways) spoilt.push(`cut ${say(e)}`);
        if (/hidden|clip/.test(overflowY) && longer && e.textContent.trim()) spoilt.push(`cut below ${say(e)}`);
        if (/auto|scroll/.test(overflowX) && sideways) spoilt.push(`scrolls sideways ${say(e)}`);
    }
    const { left, right } = rect(e);
    if (right > innerWidth + 1 || left < -1) spoilt.push(`outside ${say(e)}`);
    if (own(e).length > 0 && parseFloat(fontSize) < SMALLEST_PX) spoilt.push(`small, ${fontSize}: ${say(e)}`);
    if (e.dataset.testid === 'counter' && longer)
        spoilt.push(`the counter scrolls by ${e.scrollHeight - e.clientHeight}`);
}

/** The part of the window in which an element's lines can be seen: what scrolls ends at its own edge. */
function frame(e) {
    const seen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (let outer = e; outer !== null && outer !== document.documentElement; outer = outer.parentElement) {
        if (style(outer).overflowY === 'visible') continue;
        const r = rect(outer);
        seen.left = Math.max(seen.left, r.left);
        seen.top = Math.max(seen.top, r.top);
        seen.right = Math.min(seen.right, r.right);
        seen.bottom = Math.min(seen.bottom, r.bottom);
    }
    return seen;
}

function drawn(e) {
    if (!e.matches(TYPED))
        return own(e).flatMap((text) => {
            const range = document.createRange();
            range.selectNodeContents(text);
            // A line is as high as its letters; the room above and below them may be another's.
            const lines = [...range.getClientRects()];
            return lines.map((r) => {
                const spare = Math.max(0, (r.height - parseFloat(style(e).fontSize)) / 2);
                return { left: r.left, right: r.right, top: r.top + spare, bottom: r.bottom - spare };
            });
        });
    // A field whose letters are not drawn has its words beside it.
    if (style(e).color === 'rgba(0, 0, 0, 0)' || typed(e) === '') return [];
    const [r, [left, right], long] = [rect(e), sides(e), width(e)];
    return style(e).textAlign === 'right'
        ? [{ left: r.right - right - long, right: r.right, top: r.top, bottom: r.bottom }]
        : [{ left: r.left, right: r.left + left + long, top: r.top, bottom: r.bottom }];
}

const all = [...root.querySelectorAll('*')].filter(shown);
all.forEach(look);
const lines = all.filter((e) => own(e).length > 0 || e.matches(TYPED)).map((e) => {
    const seen = frame(e);
    const parts = drawn(e).map((r) => ({
        left: Math.max(r.left, seen.left),
        top: Math.max(r.top, seen.top),
        right: Math.min(r.right, seen.right),
        bottom: Math.min(r.bottom, seen.bottom),
    }));
    return [e, parts.filter((r) => r.right - r.left > 2 && r.bottom - r.top > 2)];
});
const over = (x, y) =>
    Math.min(x.right, y.right) - Math.max(x.left, y.left) > 3 &&
    Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 5;
lines.forEach(([a, of_a], n) => {
    for (const [b, of_b] of lines.slice(n + 1))
        if (!a.contains(b) && !b.contains(a) && of_a.some((x) => of_b.some((y) => over(x, y))))
            spoilt.push(`${say(a)} OVER ${say(b)}`);
});
return [...new Set(spoilt)];
