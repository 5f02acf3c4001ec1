"use strict";
// The customer's phone. It asks its own server twice a second and shows what it hears; the PIN
// never leaves this page, only whether it was right.

const WORDS = {
  en: {
    title: "Customer's phone", messages: "Messages", waiting: "No messages yet",
    waitingHow: "Send a prompt from the till to any number and it appears here. Tap the number above to see the practice customers.",
    known: "Practice customers answer by themselves", other: "Show another phone", show: "Show",
    otherWrong: "A Kenyan mobile number has 10 digits and begins with 07 or 01.",
    enterPin: "Enter M-PESA PIN", pinHint: "Practice: any 4 digits pay, 0000 is a wrong PIN.",
    cancel: "Cancel", send: "Send", clear: "Clear", back: "Delete last digit",
    lost: "The practice network does not answer. Is the till still open?",
    ask: (p) => `Do you want to pay KSh ${money(p.amount)} to ${p.shop} Account no. ${p.account}?`,
  },
  sw: {
    title: "Simu ya mteja", messages: "Ujumbe", waiting: "Hakuna ujumbe bado",
    waitingHow: "Tuma ombi la M-PESA kutoka kwa Keshia kwenda nambari yoyote na litaonekana hapa. Gusa nambari iliyo juu kuona wateja wa mazoezi.",
    known: "Wateja wa mazoezi hujibu wenyewe", other: "Onyesha simu nyingine", show: "Onyesha",
    otherWrong: "Nambari ya simu ya Kenya ina tarakimu 10 na huanza na 07 au 01.",
    enterPin: "Weka PIN ya M-PESA", pinHint: "Mazoezi: tarakimu 4 zozote hulipa, 0000 ni PIN isiyo sahihi.",
    cancel: "Ghairi", send: "Tuma", clear: "Futa", back: "Futa tarakimu ya mwisho",
    lost: "Mtandao wa mazoezi haujibu. Je, Keshia bado imefunguliwa?",
    ask: (p) => `Unataka kulipa KSh ${money(p.amount)} kwa ${p.shop} Akaunti nambari ${p.account}?`,
  },
};

const lang = new URLSearchParams(location.search).get("lang") === "sw" ? "sw" : "en";
const words = WORDS[lang];
const $ = (id) => document.getElementById(id);

let shown = null; // the number on this phone
let seenPrompt = 0; // the newest prompt this page has followed
let openPrompt = 0; // the prompt in the dialog
let answered = 0; // the prompt just answered here, closed before the server says so
let inboxKey = "";

function money(shillings) {
  return `${String(shillings).replace(/\B(?=(\d{3})+$)/g, ",")}.00`;
}
function local(msisdn) {
  const n = `0${msisdn.slice(3)}`;
  return `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`;
}
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
const nairobi = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Africa/Nairobi" });

async function ask(path, body) {
  const options = body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {};
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function showPrompt(prompt) {
  if (!prompt || prompt.id === answered) {
    if (openPrompt) { openPrompt = 0; $("prompt").hidden = true; clearPin(); }
    return;
  }
  if (prompt.id === openPrompt) return;
  openPrompt = prompt.id;
  const sum = `KSh ${money(prompt.amount)}`;
  const [before, ...after] = words.ask(prompt).split(sum);
  $("prompt-text").replaceChildren(before, element("span", "sum", sum), after.join(sum));
  clearPin();
  $("prompt").hidden = false;
  openContacts(false);
  $("pin").focus();
}

function showInbox(inbox) {
  const key = inbox.map((sms) => `${sms.at_ms}${sms.text}`).join("|");
  if (key === inboxKey) return;
  inboxKey = key;
  $("empty").hidden = inbox.length > 0;
  $("inbox").replaceChildren(...inbox.map((sms) => {
    const item = element("li", sms.receipt ? "" : "failed");
    const from = element("p", "from");
    from.append(element("b", "", "M-PESA"), element("time", "", nairobi.format(sms.at_ms)));
    item.append(from, element("p", "", sms.text));
    return item;
  }));
}

function show(phone) {
  $("number").textContent = local(phone.msisdn);
  $("who").textContent = phone.name.toLowerCase();
  showPrompt(phone.prompt);
  showInbox(phone.inbox);
  follow(phone.last_prompted);
}

// A newer prompt on another phone brings that phone here, unless a PIN is being typed.
function follow(last) {
  if (!last || last.id <= seenPrompt) return;
  if (openPrompt && $("pin").value && last.msisdn !== shown) return;
  seenPrompt = last.id;
  if (last.msisdn !== shown) { shown = last.msisdn; poll(); }
}

let polling = null;
function poll() {
  polling = (polling ?? Promise.resolve()).then(async () => {
    try {
      const asked = shown;
      const answer = await ask(asked ? `/_sim/phones/${asked}` : "/_sim/phones");
      $("lost").hidden = true;
      $("clock").textContent = nairobi.format(Date.now());
      if (asked && asked === shown) show(answer);
      if (!asked) {
        shown = answer.last_prompted?.msisdn ?? "254712345678";
        if (!answer.last_prompted) openContacts(true, false); // a newcomer meets the customers first
      }
    } catch {
      $("lost").hidden = false;
    }
  });
  return polling;
}

function clearPin() { $("pin").value = ""; pinChanged(); }
function pinChanged() {
  const pin = $("pin");
  const digits = pin.value.replace(/\D/g, "").slice(0, 4);
  if (digits !== pin.value) pin.value = digits;
  $("send").disabled = digits.length !== 4;
}
function press(digit) { $("pin").value += digit; pinChanged(); $("pin").focus(); }

async function reply(answer) {
  if (!openPrompt) return;
  answered = openPrompt;
  showPrompt(null);
  try { await ask(`/_sim/phones/${shown}/answer`, { answer }); } catch { /* it closed by itself meanwhile */ }
  await poll();
}
function send() {
  if (!$("send").disabled) reply($("pin").value === "0000" ? "wrong_pin" : "pin");
}

function openContacts(open, focus = true) {
  $("contacts").hidden = !open;
  $("messages").hidden = open;
  $("choose").setAttribute("aria-expanded", String(open));
  if (open && focus) $("other-number").focus();
}
function choose(msisdn) {
  shown = msisdn;
  openContacts(false);
  $("choose").focus();
  poll();
}

function build(customers) {
  $("chips").replaceChildren(...customers.map((customer) => {
    const chip = element("button");
    chip.type = "button";
    chip.append(
      element("span", "n", local(customer.msisdn)), element("span", "w", customer.name.toLowerCase()),
      element("span", "d", lang === "sw" ? customer.does_sw : customer.does),
    );
    chip.addEventListener("click", () => choose(customer.msisdn));
    const item = element("li");
    item.append(chip);
    return item;
  }));
}

function start() {
  document.documentElement.lang = lang;
  document.title = words.title;
  $("phone").setAttribute("aria-label", words.title);
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = words[place.dataset.word];
  for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"]) {
    const button = element("button", "", { clear: "C", back: "⌫" }[key] ?? key);
    button.type = "button";
    button.id = `key-${key}`;
    button.tabIndex = -1; // the keyboard types straight into the PIN
    if (words[key]) button.setAttribute("aria-label", words[key]);
    button.addEventListener("click", () => {
      if (key === "clear") clearPin();
      else if (key === "back") { $("pin").value = $("pin").value.slice(0, -1); pinChanged(); }
      else press(key);
      $("pin").focus();
    });
    $("keypad").append(button);
  }
  $("pin").addEventListener("input", pinChanged);
  $("send").addEventListener("click", send);
  $("cancel").addEventListener("click", () => reply("cancel"));
  $("choose").addEventListener("click", () => openContacts($("contacts").hidden));
  $("other").addEventListener("submit", (event) => {
    event.preventDefault();
    const digits = $("other-number").value.replace(/\D/g, "").replace(/^(254|0)/, "");
    const right = /^[71]\d{8}$/.test(digits);
    $("other-wrong").hidden = right;
    if (right) { $("other-number").value = ""; choose(`254${digits}`); }
  });
  addEventListener("keydown", (event) => {
    if (!openPrompt) { if (event.key === "Escape") openContacts(false); return; }
    if (event.key === "Escape") { event.preventDefault(); reply("cancel"); return; }
    if (event.key === "Enter" && document.activeElement !== $("cancel")) { event.preventDefault(); send(); return; }
    if (event.key === "Tab") { // the dialog keeps the focus
      const stops = [$("pin"), $("cancel"), $("send")].filter((stop) => !stop.disabled);
      const step = event.shiftKey ? stops.length - 1 : 1;
      event.preventDefault();
      stops[(stops.indexOf(document.activeElement) + step) % stops.length].focus();
      return;
    }
    if (/^\d$/.test(event.key) && document.activeElement !== $("pin")) { event.preventDefault(); press(event.key); }
  });
  ask("/_sim/phones").then((all) => build(all.customers)).catch(() => { $("lost").hidden = false; });
  poll().then(poll);
  setInterval(poll, 500);
}
start();
