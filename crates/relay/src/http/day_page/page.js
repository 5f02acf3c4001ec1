'use strict';
// Fetches the sealed day, opens it with the key that stands after # (a browser never sends that), and shows it.
// Every text goes in as text, so that nothing in a shop's name becomes a part of the page.

const WORDS = {
  en: {
    taken: 'Taken', proved: 'M-PESA, with code', not_proved: 'M-PESA, without code', cash: 'Cash',
    refunds: 'Refunds due', matters: 'To look at', nothing: 'Nothing to look at', counters: 'Counters',
    counter: 'Counter {n}', heard: 'heard {ago} ago', never: 'not heard yet', updated: 'Updated {ago} ago',
    old: 'Updated {ago} ago: the shop may be without internet', s: '{n} s', min: '{n} min', h: '{n} h', d: '{n} days',
    loading: 'Fetching the day…', other: 'Kiswahili',
    no_key: 'This link has lost its end. Open the whole link again, or scan the code on the shop’s screen.',
    absent: 'There is no page here. It was taken away, or the link is wrong. The shop’s screen shows the present link.',
    wrong_key: 'This link does not open the page. The shop may have made a new link: scan the code on its screen.',
    not_read: 'The page was opened but cannot be read here. The shop may have a newer Keshia: reload this page.',
    insecure: 'This phone opens the page only over https.',
    offline: 'No answer. The numbers below may be old. Trying again…',
    offline_first: 'No answer. Trying again…',
  },
  sw: {
    taken: 'Iliyopokelewa', proved: 'M-PESA, yenye code', not_proved: 'M-PESA, bila code', cash: 'Taslimu',
    refunds: 'Ya kurudishia wateja', matters: 'Ya kuangalia', nothing: 'Hakuna cha kuangalia', counters: 'Kaunta',
    counter: 'Kaunta {n}', heard: 'imesikika {ago} zilizopita', never: 'bado haijasikika',
    updated: 'Imesasishwa {ago} zilizopita', old: 'Imesasishwa {ago} zilizopita: huenda duka halina intaneti',
    s: 'sekunde {n}', min: 'dakika {n}', h: 'saa {n}', d: 'siku {n}',
    loading: 'Inaleta hesabu ya siku…', other: 'English',
    no_key: 'Kiungo hiki kimepoteza mwisho wake. Fungua kiungo chote tena, au skani picha iliyo kwenye skrini ya duka.',
    absent: 'Hakuna ukurasa hapa. Umeondolewa, au kiungo si sahihi. Kiungo cha sasa kiko kwenye skrini ya duka.',
    wrong_key: 'Kiungo hiki hakifungui ukurasa. Huenda duka limetengeneza kiungo kipya: skani picha iliyo kwenye skrini yake.',
    not_read: 'Ukurasa umefunguka lakini hausomeki hapa. Huenda duka lina Keshia mpya zaidi: pakia ukurasa upya.',
    insecure: 'Simu hii hufungua ukurasa kwa https pekee.',
    offline: 'Hakuna jibu. Huenda hesabu hizi ni za zamani. Inajaribu tena…',
    offline_first: 'Hakuna jibu. Inajaribu tena…',
  },
};
const FETCH_EVERY = 15000;
// The till writes every minute while it has internet; three of them missed is worth a word.
const OLD = 180;

let language = (navigator.language || '').toLowerCase().startsWith('sw') ? 'sw' : 'en';
let day = null; // What was shown last.
let put = 0; // When the relay got it, by its clock, ms.
let offset = 0; // The relay's clock less this phone's, ms.
let trouble = 'loading';

const at = (id) => document.getElementById(id);
const say = (word, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), WORDS[language][word]);
const money = (cents) => {
  const amount = Math.abs(cents) / 100;
  const digits = cents % 100 === 0 ? 0 : 2;
  const text = amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${cents < 0 ? '−' : ''}KSh ${text}`;
};
const ago = (seconds) => {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return say('s', { n: s });
  if (s < 3600) return say('min', { n: Math.floor(s / 60) });
  if (s < 172800) return say('h', { n: Math.floor(s / 3600) });
  return say('d', { n: Math.floor(s / 86400) });
};

function line(tag, name, value, colour) {
  const [outer, first, second] = tag === 'dl' ? ['div', 'dt', 'dd'] : ['li', 'span', 'span'];
  const row = document.createElement(outer);
  row.append(document.createElement(first), document.createElement(second));
  row.children[0].textContent = name;
  row.children[1].textContent = value;
  if (colour) row.children[1].className = colour;
  return row;
}

function show() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
  at('language').textContent = say('other');
  const word = trouble === 'offline' && !day ? 'offline_first' : trouble;
  at('word').textContent = word ? say(word) : '';
  at('word').className = word === 'loading' ? '' : 'bad';
  at('all').hidden = at('head').hidden = !day;
  if (!day) return;
  const whole = new Date(`${day.day}T00:00:00Z`);
  const style = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' };
  at('shop').textContent = day.shop;
  at('day').textContent = whole.toLocaleDateString(language === 'sw' ? 'sw-KE' : 'en-KE', style);
  document.querySelector('#taken .sum').textContent = money(day.taken);
  at('parts').replaceChildren(
    line('dl', say('proved'), money(day.mpesa_proved), 'paid'),
    line('dl', say('not_proved'), money(day.mpesa_not_proved), day.mpesa_not_proved ? 'wait' : ''),
    line('dl', say('cash'), money(day.cash)),
    line('dl', say('refunds'), money(day.refunds_due), day.refunds_due ? 'bad' : ''),
  );
  const matters = day.matters.map(({ title, amount }) => line('ul', title, amount == null ? '' : money(amount), 'wait'));
  at('matters').replaceChildren(...(matters.length ? matters : [line('ul', say('nothing'), '')]));
  tick();
}

// What changes with the clock alone.
function tick() {
  if (!day) return;
  const now = Date.now() + offset;
  const age = (now - put) / 1000;
  at('age').textContent = say(age > OLD ? 'old' : 'updated', { ago: ago(age) });
  at('age').className = age > OLD ? 'bad' : '';
  at('counters').replaceChildren(
    ...day.counters.map(({ letter, heard }) => {
      const name = say('counter', { n: letter });
      if (heard == null) return line('ul', name, say('never'), 'wait');
      const since = (now - heard) / 1000;
      return line('ul', name, say('heard', { ago: ago(since) }), since > OLD ? 'wait' : '');
    }),
  );
}

function key() {
  const text = location.hash.slice(1).replace(/-/g, '+').replace(/_/g, '/');
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}

/** What keeps the page from being shown, or '' when it is shown. */
async function load() {
  const raw = key();
  if (!raw) return 'no_key';
  if (!crypto.subtle) return 'insecure';
  let answer, bytes;
  try {
    answer = await fetch(`${location.pathname.replace(/\/+$/, '')}/data`, { cache: 'no-store', referrerPolicy: 'no-referrer' });
    if (answer.status === 404) return 'absent';
    if (!answer.ok) return 'offline';
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch {
    return 'offline';
  }
  let text;
  try {
    const opener = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, opener, bytes.slice(12));
  } catch {
    return 'wrong_key';
  }
  try {
    const read = JSON.parse(new TextDecoder().decode(text));
    const amounts = [read.taken, read.mpesa_proved, read.mpesa_not_proved, read.cash, read.refunds_due];
    if (!amounts.every(Number.isSafeInteger) || !Array.isArray(read.matters) || !Array.isArray(read.counters)) return 'not_read';
    day = read;
  } catch {
    return 'not_read';
  }
  const clock = Date.parse(answer.headers.get('date'));
  offset = Number.isNaN(clock) ? 0 : clock - Date.now();
  const stored = Date.parse(answer.headers.get('last-modified'));
  put = Number.isNaN(stored) ? day.made_at : stored;
  return '';
}

async function refresh() {
  trouble = await load();
  // A page that was taken away or made anew is not shown any longer.
  if (trouble && trouble !== 'offline') day = null;
  show();
}

at('language').addEventListener('click', () => {
  language = language === 'sw' ? 'en' : 'sw';
  show();
});
addEventListener('hashchange', refresh);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});
setInterval(() => {
  if (!document.hidden) refresh();
}, FETCH_EVERY);
setInterval(tick, 1000);
show();
refresh();
