// Made from the Rust types by `KESHIA_WRITE_TYPES=1 cargo test --workspace types`; a test compares.
// Money is integer cents, times are ISO-8601 UTC.

/**
 * An amount of Kenyan shillings, counted in cents. It may be negative (a difference, a refund).
 *
 * At most [`Money::LIMIT_CENTS`] either way, so that it is exact as a JSON number too. There is no
 * `+`: sums are checked, because an amount that silently wraps is money lost.
 */
export type Money = number;

/**
 * The ten characters that name one M-Pesa payment, like `UJ6E5918JJ`: A–Z and 0–9, upper case.
 */
export type ReceiptNumber = string;

/**
 * The code that crosses to the UI. A variant exists only because somebody branches on it.
 */
export type Code = "amount_invalid" | "phone_invalid" | "code_invalid" | "code_used" | "code_warned" | "push_live" | "sale_ended" | "not_found" | "not_connected" | "number_invalid" | "keys_missing" | "wrong_keys" | "no_network" | "captive_portal" | "clock_wrong" | "server_trouble" | "not_secure" | "address_invalid" | "disk_full" | "disk_read_only" | "disk_error" | "database_newer" | "database_corrupt" | "database_in_use" | "keyring" | "statement_unreadable" | "pin_weak" | "pin_wrong" | "pin_slow" | "locked" | "not_permitted" | "passphrase_needed" | "no_printer" | "not_allowed" | "recovery_code" | "other_pc" | "busy" | "stopped" | "internal";

/**
 * Why.
 */
export type Reason = "no_balance" | "below_minimum" | "above_maximum" | "daily_limit" | "shop_account_full" | "same_again" | "mpesa_busy" | "customer_busy" | "expired" | "cancelled" | "no_answer" | "wrong_pin" | "prompt_failed" | "customer_locked" | "till_setup" | "other_result" | "bad_phone" | "bad_amount" | "bad_request" | "wrong_short_code" | "wrong_passkey" | "wrong_keys" | "too_fast" | "quota" | "not_offered" | "no_network" | "no_secure_connection" | "clock_wrong" | "captive_portal" | "server_trouble" | "stopped_before" | "withdrawn" | "timeout" | "connection_lost" | "server_error" | "unreadable" | "phone_locked" | "system_busy" | "stopped_during" | "no_result" | "nothing_found" | "persons_word";

/**
 * One sale as the counter and the till roll show it.
 */
export type SaleView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * The reference the customer sees in the M-PESA message (≤ 12 characters).
 */
reference: string, 
/**
 * What the customer owes.
 */
amount: Money, 
/**
 * What has been paid by any tender that stands.
 */
paid: Money, 
/**
 * What is still to pay; never negative.
 */
left: Money, 
/**
 * Open, settled or voided.
 */
state: SaleState, 
/**
 * The one word that says where the sale stands, for its line on the roll.
 */
status: SaleStatus, 
/**
 * How sure the shop can be of the money of a settled sale.
 */
proof: Proof, 
/**
 * When the sale was begun.
 */
opened_at: string, 
/**
 * When anything last changed: the roll sorts by `opened_at`, the large line by this.
 */
changed_at: string, 
/**
 * Every part of the payment, oldest first.
 */
tenders: Array<TenderView>, 
/**
 * Whether another prompt may be sent for this sale now, and if not, why.
 */
can_send: CanSend, 
/**
 * Whether the sale may be voided (nothing paid, nothing alive).
 */
can_void: boolean, 
/**
 * What giving it up needs now; nothing gives up a sale that is over.
 */
void_needs: Act | null, 
/**
 * What went back of it.
 */
refunded: Money, 
/**
 * Written in later, from paper.
 */
from_paper: boolean, 
/**
 * Whose debt it makes or pays off.
 */
debtor: DebtorView | null, 
/**
 * It sells nothing: a customer pays off a debt.
 */
pays_off: boolean, 
/**
 * Open questions about this sale that a person must look at.
 */
matters: Array<MatterView>, 
/**
 * Paid, but another prompt of this sale may still be on a phone: tell the customer not to enter the PIN
 * again.
 */
do_not_pay_again: boolean, 
/**
 * The PC's date was in doubt when this was written.
 */
time_unsure: boolean, 
/**
 * The name of who began it; nobody in a shop that does not tell people apart.
 */
person: string | null, };

/**
 * A sale's life.
 */
export type SaleState = "open" | "settled" | "voided";

/**
 * Where a sale stands, as one word for the roll.
 */
export type SaleStatus = "open" | "sending" | "waiting" | "not_known" | "failed_provisional" | "not_paid" | "waiting_till" | "paid" | "paid_cash" | "code_not_confirmed" | "on_credit" | "voided";

/**
 * How sure the shop can be: *paid* and *paid with its receipt number* are different things.
 */
export type Proof = "none" | "not_proved" | "not_confirmed" | "proved";

/**
 * One part of how a sale is paid.
 */
export type TenderView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * This part's amount.
 */
amount: Money, 
/**
 * When it began.
 */
opened_at: string, 
/**
 * How sure the shop can be of this part's money; cash needs no proof.
 */
proof: Proof, 
/**
 * Why a payment pays this part, once one does.
 */
why: Why | null, 
/**
 * The name of who took it.
 */
person: string | null, } & ({ "kind": "cash", 
/**
 * What the customer handed over.
 */
tendered: Money, 
/**
 * What went back.
 */
change: Money, } | { "kind": "push" } & PushView | { "kind": "to_till", 
/**
 * Last 3 digits of the phone, when the cashier asked for them.
 */
digits: string | null, 
/**
 * Still waited for, or ended by another tender.
 */
waiting: boolean, 
/**
 * The payment that came.
 */
receipt: ReceiptNumber | null, 
/**
 * A payment fits, and the other counters are being asked whether it is one of theirs.
 */
checking: boolean, } | { "kind": "credit", 
/**
 * Whose.
 */
customer_id: string, } | { "kind": "code", 
/**
 * The code.
 */
receipt: ReceiptNumber, 
/**
 * Where the cashier read it.
 */
read_from: ReadFrom, 
/**
 * Has M-PESA confirmed it?
 */
confirmed: boolean, });

/**
 * The kinds of tender.
 */
export type TenderKindView = { "kind": "cash", 
/**
 * What the customer handed over.
 */
tendered: Money, 
/**
 * What went back.
 */
change: Money, } | { "kind": "push" } & PushView | { "kind": "to_till", 
/**
 * Last 3 digits of the phone, when the cashier asked for them.
 */
digits: string | null, 
/**
 * Still waited for, or ended by another tender.
 */
waiting: boolean, 
/**
 * The payment that came.
 */
receipt: ReceiptNumber | null, 
/**
 * A payment fits, and the other counters are being asked whether it is one of theirs.
 */
checking: boolean, } | { "kind": "credit", 
/**
 * Whose.
 */
customer_id: string, } | { "kind": "code", 
/**
 * The code.
 */
receipt: ReceiptNumber, 
/**
 * Where the cashier read it.
 */
read_from: ReadFrom, 
/**
 * Has M-PESA confirmed it?
 */
confirmed: boolean, };

/**
 * Where a typed code was read.
 */
export type ReadFrom = "shop_phone" | "customer_phone";

/**
 * One push.
 */
export type PushView = { 
/**
 * Random, opaque.
 */
push_id: string, 
/**
 * As the screen calls it: `0712 345 678` while the sale is open and `··678` afterwards; `Wanjiru ··678` of a
 * regular who was chosen from the list.
 */
phone: string, 
/**
 * `··678`.
 */
phone_masked: string, 
/**
 * Where the push stands.
 */
state: PushState, 
/**
 * Why it stands there, for every state but the happy ones.
 */
reason: Reason | null, 
/**
 * Who told us.
 */
told_by: ToldBy | null, 
/**
 * Does this push keep others from being sent?
 */
blocks: boolean, 
/**
 * When the request left for Safaricom.
 */
sent_at: string | null, 
/**
 * When Safaricom accepted it.
 */
accepted_at: string | null, 
/**
 * When it ended.
 */
ended_at: string | null, 
/**
 * Whole seconds since it was sent (or since Keshia started again), at the moment of this view.
 */
waited_s: number, 
/**
 * When Safaricom was last asked, and how often.
 */
asked_at: string | null, 
/**
 * How often Safaricom was asked.
 */
asked_times: number, 
/**
 * Can Safaricom be asked about it at all? Not when its answer was lost: then there is no id to ask by.
 */
can_ask: boolean, 
/**
 * May the screen ask "did an M-PESA message come?" now?
 */
ask_customer: boolean, 
/**
 * May a person answer for how it ended?
 */
judge: boolean, 
/**
 * Can Safaricom's list of payments still tell what became of it?
 */
pull_can_tell: boolean, 
/**
 * A person said that the customer has no M-PESA message.
 */
no_message: boolean, 
/**
 * M-Pesa's receipt number, when a witness named it.
 */
receipt: ReceiptNumber | null, };

/**
 * A push's state as the screen names it (design: intended, sending, prompted, …).
 */
export type PushState = "intended" | "sending" | "prompted" | "unknown" | "awaits_statement" | "not_sent" | "refused" | "failed_provisional" | "failed" | "paid";

/**
 * Who told us how a push ended.
 */
export type ToldBy = "answer" | "query" | "callback" | "money_in" | "pull" | "statement" | "person";

/**
 * Why a payment pays the tender it pays.
 */
export type Why = "own_push" | "reference" | "digits" | "code" | "person";

/**
 * May another prompt be sent for this sale?
 */
export type CanSend = { "answer": "yes" } | { "answer": "other_phone", 
/**
 * The live push.
 */
push_id: string, 
/**
 * Seconds until the screen may ask the customer, when a clock decides it.
 */
wait_s: number | null, } | { "answer": "not_connected" } | { "answer": "ended" } | { "answer": "amount" };

/**
 * Something about money that a person must look at.
 */
export type MatterView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * What it is.
 */
kind: MatterKind, 
/**
 * How much it is about.
 */
amount: Money, 
/**
 * Since when.
 */
opened_at: string, 
/**
 * The sale whose prompt it is about, when that is another one.
 */
other: SaleName | null, };

/**
 * A sale as a person finds it again.
 */
export type SaleName = { 
/**
 * What the customer reads.
 */
reference: string, 
/**
 * What is owed.
 */
amount: Money, 
/**
 * When it began.
 */
opened_at: string, };

/**
 * Kinds of open matters.
 */
export type MatterKind = "refund_due" | "perhaps_same_money" | "contradiction" | "code_of_another" | "perhaps_code_of_another" | "reversed_after_sale" | "also_at_another_counter" | "too_much";

/**
 * A payment that reached the shop and pays no sale yet.
 */
export type MoneyInView = { 
/**
 * M-PESA's code.
 */
receipt: ReceiptNumber, 
/**
 * How much.
 */
amount: Money, 
/**
 * When it was paid, as far as it is known; else when it was seen.
 */
at: string, 
/**
 * Visible last digits of the payer's phone.
 */
digits: string | null, 
/**
 * The payer's first name, until the day is over.
 */
first_name: string | null, 
/**
 * Sales it may be for, the likeliest first.
 */
offers: Array<Offer>, 
/**
 * Only a relay told of it, and Safaricom itself must show it first: it cannot be given to a sale yet.
 */
hint: boolean, };

/**
 * A sale that a payment may be for.
 */
export type Offer = { 
/**
 * The sale.
 */
sale_id: string, 
/**
 * What the customer reads.
 */
reference: string, };

/**
 * One statement of one witness, as the sale shows it.
 */
export type WitnessView = { 
/**
 * When it was written down.
 */
at: string, 
/**
 * Who.
 */
told_by: string, 
/**
 * What was said, in the book's words.
 */
word: string, 
/**
 * About which payment.
 */
receipt: ReceiptNumber | null, 
/**
 * The amount named.
 */
amount: Money | null, };

/**
 * The till roll and what else the Sell screen needs when it opens.
 */
export type RollView = { 
/**
 * Today's sales and every older one that is still open or watched, newest first.
 */
sales: Array<SaleView>, 
/**
 * Are there more sales today than listed (the roll shows the newest 200)?
 */
more: boolean, 
/**
 * What was half typed when Keshia last stopped, and the sale on the counter.
 */
draft: Draft | null, 
/**
 * Payments of the last two days that pay no sale yet, newest first.
 */
money_in: Array<MoneyInView>, 
/**
 * How many sales need a person's eye.
 */
to_look_at: number, 
/**
 * The connection as last heard.
 */
link: LinkView, };

/**
 * What stands half typed on the counter; kept so that a power cut loses no key.
 */
export type Draft = { 
/**
 * The amount as typed, with its sums: `120+3*80`.
 */
amount: string, 
/**
 * The phone as typed.
 */
phone: string, 
/**
 * Cash as typed.
 */
cash: string, 
/**
 * M-PESA code as typed.
 */
code: string, 
/**
 * Which part of the counter was open; the UI's own word.
 */
mode: string, 
/**
 * The sale on the counter, when it already exists.
 */
sale_id: string | null, };

/**
 * Cash was taken.
 */
export type CashTaken = { 
/**
 * The sale afterwards.
 */
sale: SaleView, 
/**
 * What to give back.
 */
change: Money, };

/**
 * What can be said about a typed code without asking anybody.
 */
export type CodeCheck = { 
/**
 * The code, cleaned, when its shape is right.
 */
receipt: ReceiptNumber | null, 
/**
 * Everything worth a warning; empty when nothing is.
 */
warnings: Array<CodeWarning>, };

/**
 * A warning about a typed code. It warns, it proves nothing.
 */
export type CodeWarning = { "kind": "shape" } | { "kind": "old", 
/**
 * That date.
 */
date: string, } | { "kind": "future", 
/**
 * That date.
 */
date: string, } | { "kind": "odd_date" } | { "kind": "used", 
/**
 * That sale.
 */
sale: SaleName, 
/**
 * When the payment was recorded.
 */
at: string, };

/**
 * A payment ended while the cashier may be doing something else.
 */
export type PaymentEnded = { 
/**
 * The sale afterwards.
 */
sale: SaleView, 
/**
 * Which push ended.
 */
pushId: string, 
/**
 * How: the three sounds.
 */
outcome: Outcome, };

/**
 * The three sounds of the till.
 */
export type Outcome = "paid" | "not_paid" | "look";

/**
 * The connection to Safaricom as last heard.
 */
export type LinkView = { 
/**
 * `null` until something was asked.
 */
online: boolean | null, 
/**
 * PC clock minus Safaricom's clock, seconds, when more than a minute.
 */
clock_skew_s: number | null, 
/**
 * The PC's clock is behind the book's newest row, which was written at this time: its date is in doubt
 * until a person says that it is right.
 */
clock_behind: string | null, 
/**
 * Most of the last prompts got no answer: let the customer pay the till.
 */
prompts_slow: boolean, 
/**
 * Safaricom's list of payments.
 */
pull: PullView, 
/**
 * The relay; `null` when this counter has none.
 */
relay: RelayView | null, };

/**
 * The relay, as the screens see it.
 */
export type RelayView = { 
/**
 * When it last answered.
 */
heard_at: string | null, 
/**
 * Why nothing comes from it.
 */
trouble: RelayTrouble | null, };

/**
 * Why nothing comes from the relay.
 */
export type RelayTrouble = "unreachable" | "not_let_in" | "chain_refused" | "here";

/**
 * What Keshia knows from Safaricom's list of payments.
 */
export type PullView = { 
/**
 * Is Pull Transactions switched on for this short code? Without it a lost answer, and a receipt number,
 * stay unknown until a statement comes.
 */
on: boolean, 
/**
 * When the list was last read to its end.
 */
read_at: string | null, 
/**
 * Up to when it shows every payment.
 */
seen_to: string | null, };

/**
 * The drawer of whoever is at the counter.
 */
export type DrawerView = { 
/**
 * Its open shift.
 */
here: ShiftView | null, 
/**
 * Every open shift of this counter.
 */
open: Array<ShiftView>, 
/**
 * This shop counts its drawers: cash that is taken while no shift is open is counted by nobody.
 */
used: boolean, 
/**
 * Each person has a drawer of their own.
 */
own_drawers: boolean, 
/**
 * The notes and coins that are counted, in shillings.
 */
worths: Array<number>, };

/**
 * One shift.
 */
export type ShiftView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * Counts up on this counter.
 */
number: number, 
/**
 * Whose drawer; all share it when nobody is named.
 */
person: string | null, 
/**
 * When it began.
 */
opened_at: string, 
/**
 * With what.
 */
float: Money, 
/**
 * What should be in the drawer, told only to whoever may see it: a count is blind.
 */
expected: Money | null, 
/**
 * When it ended.
 */
closed_at: string | null, 
/**
 * What was counted.
 */
counted: Money | null, 
/**
 * Counted minus expected: below zero is short.
 */
off: Money | null, 
/**
 * The count by note and coin, the largest first.
 */
counts: Array<CountLine>, };

/**
 * One note or coin of a count.
 */
export type CountLine = { 
/**
 * Its worth.
 */
worth: Money, 
/**
 * How many.
 */
pieces: number, };

/**
 * What of a sale can go back, and what did.
 */
export type GivingBackView = { 
/**
 * What is owed anyhow: paid twice, too much, or voided after it was paid.
 */
owed: Money, 
/**
 * Of that, as much may go off what the customer owes instead.
 */
owed_off_debt: Money, 
/**
 * At most so much for goods that came back, in cash or from the shop's phone.
 */
money: Money, 
/**
 * At most so much off the customer's debt.
 */
debt: Money, 
/**
 * What went back already.
 */
given: Array<RefundView>, };

/**
 * Money that went back.
 */
export type RefundView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * How much.
 */
amount: Money, 
/**
 * It was owed anyhow.
 */
owed: boolean, 
/**
 * When.
 */
at: string, 
/**
 * Who gave it.
 */
person: string | null, } & ({ "way": "cash" } | { "way": "phone", 
/**
 * M-PESA's code of it.
 */
receipt: ReceiptNumber, 
/**
 * A statement shows it.
 */
confirmed: boolean, } | { "way": "debt" });

/**
 * How money went back.
 */
export type WayView = { "way": "cash" } | { "way": "phone", 
/**
 * M-PESA's code of it.
 */
receipt: ReceiptNumber, 
/**
 * A statement shows it.
 */
confirmed: boolean, } | { "way": "debt" };

/**
 * The accounts over some time; each is what it received, or gave, beyond the other.
 */
export type AccountsView = { 
/**
 * What was sold.
 */
sales: Money, 
/**
 * Cash that is in drawers, more or less than before.
 */
cash: Money, 
/**
 * M-Pesa with receipt numbers from Safaricom.
 */
mpesa_proved: Money, 
/**
 * M-Pesa without: called paid, or typed and not confirmed.
 */
mpesa_not_proved: Money, 
/**
 * Sold on credit, without what was given up again.
 */
credit_given: Money, 
/**
 * Paid off debts.
 */
credit_paid: Money, 
/**
 * Taken off debts for goods that came back: nobody paid it.
 */
taken_off: Money, 
/**
 * Debts that nobody will pay.
 */
written_off: Money, 
/**
 * Given back for goods.
 */
refunds: Money, 
/**
 * Owed to customers, more or less than before.
 */
refund_due: Money, 
/**
 * Sent back from the shop's own phone.
 */
sent_back: Money, 
/**
 * Taken back by customers after the sale.
 */
reversed: Money, 
/**
 * Cash put in that was no sale.
 */
paid_in: Money, 
/**
 * Cash paid out.
 */
paid_out: Money, 
/**
 * The owner's own cash in drawers, more or less than before: below zero it was handed over.
 */
float: Money, 
/**
 * What counts found: below zero is short.
 */
over_short: Money, };

/**
 * One person's part.
 */
export type PersonTotals = { 
/**
 * Who; nobody's in a shop that tells no people apart.
 */
person_id: string | null, 
/**
 * Sold.
 */
sales: Money, 
/**
 * Taken by M-Pesa, proved.
 */
mpesa_proved: Money, 
/**
 * Taken by M-Pesa, not proved.
 */
mpesa_not_proved: Money, 
/**
 * Given back.
 */
refunds: Money, 
/**
 * Short, below zero, or over.
 */
over_short: Money, };

/**
 * One shift's count.
 */
export type ShiftTotals = { 
/**
 * Its number.
 */
number: number, 
/**
 * Whose drawer.
 */
person_id: string | null, 
/**
 * Began with.
 */
float: Money, 
/**
 * Should have been there.
 */
expected: Money, 
/**
 * Was there.
 */
counted: Money, };

/**
 * Book, Safaricom and drawer beside each other.
 */
export type ThreeWayView = { 
/**
 * M-Pesa that the book has as proved.
 */
booked: Money, 
/**
 * What Safaricom itself showed of the same time (C2B, its list, a statement).
 */
safaricom: Money, 
/**
 * Of that, what pays no sale.
 */
not_in_book: Money, 
/**
 * Booked minus shown.
 */
off: Money, 
/**
 * Cash that was counted.
 */
counted: Money, };

/**
 * What is not known at a close.
 */
export type CarriedKind = "push" | "no_receipt" | "code" | "money_in" | "sent_back" | "matter";

/**
 * One thing that is not known.
 */
export type CarriedView = { 
/**
 * What.
 */
kind: CarriedKind, 
/**
 * The id of what it is about.
 */
about: string, 
/**
 * How much.
 */
amount: Money, 
/**
 * The close that carried it first.
 */
since_z: number | null, };

/**
 * A day added up.
 */
export type ZReport = { 
/**
 * From the close before.
 */
from_at: string, 
/**
 * To this moment.
 */
to_at: string, 
/**
 * Sales that were paid.
 */
sales: number, 
/**
 * Sales that were given up.
 */
voided: number, 
/**
 * How often money went back.
 */
refunds: number, 
/**
 * The accounts.
 */
accounts: AccountsView, 
/**
 * By person.
 */
people: Array<PersonTotals>, 
/**
 * By shift.
 */
shifts: Array<ShiftTotals>, 
/**
 * Cash that moved while no shift was open, more or less than before: no count covers it.
 */
outside_shifts: Money, 
/**
 * Book, Safaricom and drawer.
 */
three_way: ThreeWayView, 
/**
 * What is not known.
 */
carried: Array<CarriedView>, 
/**
 * What was carried before and is known now.
 */
solved: Array<CarriedView>, };

/**
 * One close.
 */
export type ZView = { 
/**
 * Counts up from 1, without a gap.
 */
number: number, 
/**
 * The day that it closes.
 */
day: string, 
/**
 * When.
 */
closed_at: string, 
/**
 * Who.
 */
person: string | null, 
/**
 * What it says.
 */
report: ZReport, 
/**
 * Rows of the chain with it.
 */
rows: number, 
/**
 * The chain's head: whoever keeps it can prove later that nothing before it was changed.
 */
head: string, };

/**
 * What stands before a close.
 */
export type ClosingDayView = { 
/**
 * When the open day's first money moved; nothing has when it is `null`.
 */
since: string | null, 
/**
 * That was on an earlier day: its close was forgotten.
 */
forgotten: boolean, 
/**
 * Drawers that are not counted.
 */
open_shifts: Array<ShiftView>, 
/**
 * What is not known.
 */
not_known: Array<CarriedView>, 
/**
 * The close before.
 */
last: ZView | null, };

/**
 * How money is to go back to a customer.
 */
export type GiveBackWay = "cash" | "phone" | "debt";

/**
 * One customer, with a masked phone.
 */
export type KnownCustomer = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * As the shop calls them.
 */
name: string, 
/**
 * `··678`.
 */
phone_masked: string, 
/**
 * How much they may owe at once.
 */
limit: Money, 
/**
 * What they owe.
 */
owed: Money, 
/**
 * How much more they may owe within the limit; never negative.
 */
room: Money, 
/**
 * What is still to come by payments of the debt that are under way.
 */
under_way: Money, 
/**
 * When they agreed to be kept here.
 */
agreed_at: string, 
/**
 * Who heard it; nobody in a shop that tells no people apart.
 */
agreed_with: string | null, };

/**
 * Whose debt a sale touches.
 */
export type DebtorView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * As the shop calls them; nothing once they were erased.
 */
name: string | null, };

/**
 * What one customer owes, and how it came to that.
 */
export type DebtStatementView = { 
/**
 * Who.
 */
customer: KnownCustomer, 
/**
 * Each entry, the oldest first.
 */
lines: Array<DebtLineView>, };

/**
 * One entry on a debt.
 */
export type DebtLineView = { 
/**
 * When it was written.
 */
at: string, 
/**
 * What it adds to the debt; below zero it takes off.
 */
amount: Money, 
/**
 * What is owed after it.
 */
balance: Money, 
/**
 * What it is.
 */
kind: DebtLineKind, 
/**
 * What the customer reads of its sale; nothing where no sale is behind it.
 */
reference: string | null, 
/**
 * Why, where somebody had to say.
 */
reason: string | null, };

/**
 * What an entry on a debt is.
 */
export type DebtLineKind = "given" | "given_up" | "refunded" | "paid_off" | "owed_again" | "written_off";

/**
 * A customer as the page writes one down.
 */
export type CustomerForm = { 
/**
 * As the shop calls them.
 */
name: string, 
/**
 * Their phone; empty keeps the one that is known.
 */
phone: string, 
/**
 * How many cents they may owe at once.
 */
limit: number, };

/**
 * A file about one customer that was written.
 */
export type CustomerFile = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Days after which it is removed.
 */
days: number, };

/**
 * What the check of the book says.
 */
export type BookVerdict = { 
/**
 * Seen from the close that was asked about, or whose seal was typed.
 */
close: CloseVerdict | null, 
/**
 * The chain's last row; 0 in an empty book.
 */
rows: number, 
/**
 * Its hash, for the next anchor.
 */
head: string, 
/**
 * The last row that an anchor covers; none without one that fits.
 */
anchored: number | null, 
/**
 * Rows after it, which nobody outside this PC can vouch for.
 */
not_anchored: number, 
/**
 * How often the book came back from a copy or moved: rows known outside may be missing since then.
 */
restored: Array<number>, 
/**
 * What is wrong, the first hundred.
 */
troubles: Array<Trouble>, 
/**
 * How much is wrong.
 */
wrong: number, };

/**
 * What the seal of one close covers, and where the file departs from it.
 */
export type CloseVerdict = { 
/**
 * Its number.
 */
number: number, 
/**
 * The day that it closed.
 */
day: string, 
/**
 * The last row that it covers.
 */
rows: number, 
/**
 * Its seal, as this book has it.
 */
head: string, 
/**
 * What was typed says the same; `null` when no seal of it was typed.
 */
same: boolean | null, 
/**
 * What is wrong in the rows that it covers.
 */
covered: Array<Trouble>, 
/**
 * In the rows after it, which it says nothing of.
 */
after: Array<Trouble>, 
/**
 * In what stands beside the chain.
 */
beside: Array<Trouble>, };

/**
 * Who is at the counter, and what they may do there.
 */
export type DeskView = { 
/**
 * There are people, and none of them is here.
 */
locked: boolean, 
/**
 * Who is here; nobody in a shop that does not tell people apart.
 */
person: PersonView | null, 
/**
 * Seconds for which the owner's passphrase still counts.
 */
passphrase_s: number, 
/**
 * What may be done now, without asking anybody else.
 */
may: Array<Act>, 
/**
 * Minutes after which a counter that nobody touches locks; 0 for never.
 */
auto_lock_min: number, 
/**
 * Everybody who works here; empty in a shop that does not tell people apart.
 */
people: Array<PersonView>, };

/**
 * Somebody who works here.
 */
export type PersonView = { 
/**
 * Random, opaque.
 */
id: string, 
/**
 * As the shop calls them.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, };

/**
 * Something that a person does at a till.
 */
export type Act = "sell" | "void_sale" | "open_shift" | "close_shift" | "pay_in" | "pay_out" | "give_credit" | "pay_off" | "print_copy" | "close_others_shift" | "void_taken" | "void_live" | "refund" | "judge" | "confirm_clock" | "from_paper" | "credit_beyond_limit" | "write_off" | "change_customer" | "see_customers" | "see_day" | "close_day" | "export" | "take_statement" | "see_log" | "verify" | "settings" | "personal_data" | "people" | "connection" | "owners_page" | "restore" | "backups";

/**
 * What a person may do; each may do everything that those before may.
 */
export type Role = "cashier" | "manager" | "owner";

/**
 * What is under way when somebody closes the window.
 */
export type ClosingView = { 
/**
 * Sales with a prompt that may still be answered.
 */
under_way: Array<SaleView>, };

/**
 * Over which time.
 */
export type Period = { "kind": "day", 
/**
 * Which.
 */
day: string, } | { "kind": "week", 
/**
 * Any of its days.
 */
day: string, } | { "kind": "month", 
/**
 * Any of its days.
 */
day: string, } | { "kind": "close", 
/**
 * Its number.
 */
number: number, } | { "kind": "open" };

/**
 * How a part of a sale was paid.
 */
export type PaidBy = "push" | "to_till" | "code" | "cash" | "credit";

/**
 * A period added up.
 */
export type DayReport = { 
/**
 * Which.
 */
period: Period, 
/**
 * Its first moment; of the first close the book's first.
 */
from: string, 
/**
 * The first moment after it, or now while it goes on.
 */
to: string, 
/**
 * It goes on: its sums may still change.
 */
goes_on: boolean, 
/**
 * Sales that were paid.
 */
sales: number, 
/**
 * Sales that were given up.
 */
voided: number, 
/**
 * How often money went back.
 */
refunds: number, 
/**
 * The accounts; every shilling of the period is in one of them.
 */
accounts: AccountsView, 
/**
 * Owed to customers at its end, and not given back by then.
 */
owed: Money, 
/**
 * What should be in the drawers now, while the period goes on and a shift is open.
 */
in_drawers: Money | null, 
/**
 * How sales were paid; together they are what was sold.
 */
ways: Array<WayTotals>, 
/**
 * By person, who sold most first.
 */
people: Array<PersonDay>, 
/**
 * What was sold by hour, or by day when the period has several; what has nothing is left out.
 */
bars: Array<Bar>, 
/**
 * A bar is a day.
 */
daily: boolean, 
/**
 * Drawers that were counted.
 */
counts: Array<DrawerCount>, 
/**
 * What needs looking at now, of whatever day.
 */
open: OpenView, 
/**
 * What persons answered for.
 */
words: Array<PersonWordView>, 
/**
 * Stretches in which prompts were out and Safaricom's list was not seen whole; only of a single day.
 */
holes: Array<Span>, };

/**
 * One way of paying.
 */
export type WayTotals = { 
/**
 * Which.
 */
way: PaidBy, 
/**
 * Sold by it.
 */
sold: Money, 
/**
 * Payments; one that was given back with its sale is taken off again.
 */
count: number, 
/**
 * Of all that came by it, also for debts: with a receipt number from Safaricom.
 */
proved: Money, 
/**
 * Without one.
 */
not_proved: Money, };

/**
 * One person's part of the period.
 */
export type PersonDay = { 
/**
 * Who; nobody in a shop that tells no people apart.
 */
person_id: string | null, 
/**
 * As the shop calls them.
 */
name: string | null, 
/**
 * Sold.
 */
sold: Money, 
/**
 * Payments for it.
 */
count: number, 
/**
 * Of what was sold: in cash.
 */
cash: Money, 
/**
 * By M-PESA.
 */
mpesa: Money, 
/**
 * On credit.
 */
credit: Money, 
/**
 * M-PESA without a receipt number from Safaricom, more or less than before.
 */
not_proved: Money, 
/**
 * Given back for goods.
 */
refunds: Money, 
/**
 * What counts found: below zero is short.
 */
over_short: Money, };

/**
 * One bar of the chart.
 */
export type Bar = { 
/**
 * When its hour, or its day, begins.
 */
at: string, 
/**
 * Sold.
 */
sold: Money, 
/**
 * Of that by M-PESA.
 */
mpesa: Money, };

/**
 * A drawer that was counted.
 */
export type DrawerCount = { 
/**
 * The shift's number.
 */
number: number, 
/**
 * Whose drawer; all share it when nobody is named.
 */
person: string | null, 
/**
 * When.
 */
at: string, 
/**
 * Should have been there.
 */
expected: Money, 
/**
 * Was there.
 */
counted: Money, 
/**
 * Counted minus expected: below zero is short.
 */
off: Money, };

/**
 * What needs looking at.
 */
export type OpenView = { 
/**
 * How much there is to look at.
 */
count: number, 
/**
 * What it is about, together.
 */
amount: Money, 
/**
 * The newest of it.
 */
lines: Array<OpenLine>, 
/**
 * M-PESA that counts towards sales and that nothing has confirmed, by who took it: the largest first.
 */
not_confirmed: Array<NotConfirmed>, };

/**
 * One thing to look at.
 */
export type OpenLine = { 
/**
 * What.
 */
kind: CarriedKind, 
/**
 * The id of what it is about.
 */
about: string, 
/**
 * How much.
 */
amount: Money, 
/**
 * Since when.
 */
at: string, 
/**
 * Which question, when it is one.
 */
matter: MatterKind | null, 
/**
 * Its sale; a payment that pays none has none.
 */
sale_id: string | null, 
/**
 * What the customer reads.
 */
reference: string | null, 
/**
 * Who took it.
 */
person: string | null, 
/**
 * The last digits of the customer's phone, as far as they are known.
 */
digits: string | null, 
/**
 * M-PESA's code.
 */
receipt: ReceiptNumber | null, 
/**
 * The close that carried it first.
 */
since_z: number | null, };

/**
 * Unconfirmed M-PESA of one person.
 */
export type NotConfirmed = { 
/**
 * Who took it; nobody in a shop that tells no people apart.
 */
person: string | null, 
/**
 * How many payments.
 */
count: number, 
/**
 * How much.
 */
amount: Money, };

/**
 * Sales that were looked for.
 */
export type SalesFound = { 
/**
 * The newest first.
 */
sales: Array<SaleView>, 
/**
 * Payments that fit the words and pay no sale.
 */
payments: Array<FoundPayment>, 
/**
 * There are, or may be, more.
 */
more: boolean, };

/**
 * A payment that pays no sale.
 */
export type FoundPayment = { 
/**
 * M-PESA's code.
 */
receipt: ReceiptNumber, 
/**
 * How much.
 */
amount: Money, 
/**
 * When it was paid, as far as it is known; else when it was seen.
 */
at: string, 
/**
 * Visible last digits of the payer's phone.
 */
digits: string | null, };

/**
 * A person's word, as the day lists it.
 */
export type PersonWordView = { 
/**
 * When.
 */
at: string, 
/**
 * The sale's reference.
 */
reference: string, 
/**
 * How much the prompt was for.
 */
amount: Money, 
/**
 * Which way.
 */
direction: Direction, 
/**
 * Why.
 */
reason: string, };

/**
 * Which way a person answered for a push.
 */
export type Direction = "no_message" | "paid" | "not_paid";

/**
 * A stretch of time.
 */
export type Span = { 
/**
 * From.
 */
from: string, 
/**
 * To.
 */
to: string, };

/**
 * What a statement changed.
 */
export type StatementReport = { 
/**
 * Customers' payments in it.
 */
payments: number, 
/**
 * Of these, what pays a sale of this book already.
 */
known: number, 
/**
 * Payments that pay or prove a sale only now.
 */
found: number, 
/**
 * Payments that may be for one of several sales; a person must say which.
 */
questions: number, 
/**
 * Payments that no sale of this book asked for.
 */
elsewhere: number, 
/**
 * Sales whose payment was taken back.
 */
reversed: number, 
/**
 * Prompts that it proves unpaid.
 */
dead: number, 
/**
 * It shows every payment of its time that this book knows from Safaricom, so what it lacks was not paid.
 */
whole: boolean, 
/**
 * Typed codes of its time that it does not show. Empty unless `whole`.
 */
missing_codes: Array<MissingCode>, };

/**
 * A typed code that Safaricom does not know.
 */
export type MissingCode = { 
/**
 * As typed.
 */
receipt: ReceiptNumber, 
/**
 * Of the sale that it was typed for.
 */
reference: string, 
/**
 * What it was to pay.
 */
amount: Money, };

/**
 * One request and its answer, as a list shows it.
 */
export type Interaction = { 
/**
 * Its place in the log; later is higher.
 */
seq: number, 
/**
 * When it ended.
 */
at: string, 
/**
 * How long it took, in milliseconds.
 */
duration_ms: number, 
/**
 * What was wanted.
 */
kind: InteractionKind, 
/**
 * What came of it.
 */
answer: InteractionAnswer, 
/**
 * The server, without port.
 */
host: string, 
/**
 * HTTP status; none without an answer.
 */
status: number | null, 
/**
 * Safaricom's own code, for support.
 */
code: string | null, };

/**
 * What a request wanted.
 */
export type InteractionKind = "token" | "push" | "question" | "pull" | "register" | "simulate" | "other";

/**
 * What came of a request.
 */
export type InteractionAnswer = { "word": "accepted" } | { "word": "paid" } | { "word": "ended", 
/**
 * Why.
 */
reason: Reason, } | { "word": "pending" } | { "word": "too_often" } | { "word": "refused" } | { "word": "trouble" } | { "word": "not_sent", 
/**
 * Why.
 */
reason: Reason, } | { "word": "no_answer" } | { "word": "connection_lost" };

/**
 * Where the printer is.
 */
export type PrinterPlace = { "kind": "network", 
/**
 * `192.168.1.50`, or `192.168.1.50:9100`.
 */
address: string, } | { "kind": "usb", 
/**
 * Who made it (USB-IF).
 */
vendor: number, 
/**
 * What it is.
 */
product: number, 
/**
 * Which one of several.
 */
serial: string | null, } | { "kind": "serial", 
/**
 * `/dev/ttyUSB0`, `COM3`.
 */
port: string, 
/**
 * Bits a second.
 */
baud: number, } | { "kind": "device", 
/**
 * Its path.
 */
path: string, };

/**
 * The paper.
 */
export type Roll = "narrow" | "wide";

/**
 * Which letters beyond ASCII the printer has: its own documentation names it.
 */
export type CodePage = "pc437" | "pc850" | "wpc1252";

/**
 * What keeps a printer from printing.
 */
export type PrinterTrouble = "absent" | "not_allowed" | "no_paper" | "cover_open" | "silent" | "no_such_place";

/**
 * A printer that is plugged in.
 */
export type UsbPrinter = { 
/**
 * Who made it.
 */
vendor: number, 
/**
 * What it is.
 */
product: number, 
/**
 * Which one of several.
 */
serial: string | null, 
/**
 * As it calls itself.
 */
name: string, };

/**
 * The settings of receipts and their printer.
 */
export type Printing = { 
/**
 * Where the printer is; `None` for a shop that has none.
 */
place: PrinterPlace | null, 
/**
 * Its paper.
 */
roll: Roll, 
/**
 * Its letters.
 */
code_page: CodePage, 
/**
 * Each sale's receipt is printed when it is paid.
 */
automatic: boolean, 
/**
 * The printer opens a drawer when cash is taken.
 */
drawer: boolean, 
/**
 * The paper's language.
 */
language: Language, 
/**
 * The shop's number at the Kenya Revenue Authority; empty for none.
 */
kra_pin: string, 
/**
 * Under the shop's name, some lines.
 */
address: string, 
/**
 * The last words.
 */
footer: string, 
/**
 * VAT of a sale of which nobody says otherwise; `None` where VAT is off.
 */
vat: VatKind | null, };

/**
 * The language of the paper.
 */
export type Language = "en" | "sw";

/**
 * How a sale is taxed.
 */
export type VatKind = "standard" | "zero" | "exempt";

/**
 * The tax of one sale.
 */
export type SaleTax = { 
/**
 * How.
 */
kind: VatKind, 
/**
 * Hundredths of a percent, as they were then.
 */
rate: number, 
/**
 * What of the amount is tax.
 */
vat: Money, 
/**
 * The number of a tax invoice that was made elsewhere.
 */
tax_invoice: string | null, };

/**
 * The printer, as the counter shows it.
 */
export type PrinterView = { 
/**
 * There is one.
 */
set: boolean, 
/**
 * What kept it from printing the last time.
 */
trouble: PrinterTrouble | null, 
/**
 * Slips that still wait to be printed by themselves.
 */
waiting: number, 
/**
 * Slips that waited too long: they are printed when somebody says so.
 */
not_printed: number, };

/**
 * What the settings show of the printer.
 */
export type PrintingSettings = { 
/**
 * As they are kept.
 */
printing: Printing, 
/**
 * Printers on USB now.
 */
usb: Array<UsbPrinter>, 
/**
 * Serial ports of this PC.
 */
ports: Array<string>, };

/**
 * A receipt on the screen.
 */
export type ReceiptView = { 
/**
 * To copy and to send on.
 */
text: string, 
/**
 * As it comes out of the printer: a `data:` picture.
 */
picture: string, 
/**
 * How the sale is taxed; none while VAT was off.
 */
tax: SaleTax | null, };

/**
 * The slip of a close, or of the open day, on the screen.
 */
export type CloseSlipView = { 
/**
 * To copy and to send on.
 */
text: string, 
/**
 * As it comes out of the printer: a `data:` picture.
 */
picture: string, 
/**
 * The seal of the book for a camera; the open day has none.
 */
seal: PayCode | null, };

/**
 * Which kind of file.
 */
export type ExportFormat = "csv" | "xlsx" | "pdf";

/**
 * Where files go.
 */
export type FilesFolder = { 
/**
 * The folder.
 */
folder: string, 
/**
 * Somebody chose it; else it is in Keshia's own folder.
 */
chosen: boolean, 
/**
 * It is there now.
 */
there: boolean, };

/**
 * The evening text, and two ways for it to leave without a server.
 */
export type EveningText = { 
/**
 * Eight lines.
 */
text: string, 
/**
 * Opens it in WhatsApp.
 */
link: string, 
/**
 * The link for a phone's camera.
 */
code: PayCode | null, };

/**
 * A sentence in both languages of the shop.
 */
export type Words = { 
/**
 * English.
 */
en: string, 
/**
 * Swahili.
 */
sw: string, };

/**
 * What is tried, in this order.
 */
export type Step = "keys" | "token" | "push" | "notice" | "c2b" | "pull";

/**
 * How a step stands.
 */
export type Mark = "good" | "neutral" | "fix" | "not_known";

/**
 * A step's outcome as a screen or a script sees it.
 */
export type Finding = { 
/**
 * Which step.
 */
step: Step, 
/**
 * How it stands.
 */
mark: Mark, 
/**
 * What came of it, as one word for scripts.
 */
outcome: string, 
/**
 * What it means, and the fix.
 */
words: Words, 
/**
 * Whether the next step can tell anything.
 */
goes_on: boolean, 
/**
 * The test's prompt, for the steps after it.
 */
push_id: string | null, };

/**
 * Who has the contract with Safaricom about the number on the sticker.
 */
export type TillOwner = "own" | "bank" | "aggregator" | "pochi";

/**
 * Can this service of Safaricom work at all?
 */
export type Can = "yes" | "ask" | "no";

/**
 * One thing to have or to do.
 */
export type Item = { 
/**
 * What, in two or three words.
 */
title: Words, 
/**
 * What exactly, and where it is got.
 */
text: Words, 
/**
 * Who says so.
 */
source: string, };

/**
 * One kind of owner, in words.
 */
export type OwnerWords = { 
/**
 * Which.
 */
owner: TillOwner, 
/**
 * What it is called.
 */
title: Words, 
/**
 * What it means for prompts, notices and the list.
 */
meaning: Words, 
/**
 * Whether they can work.
 */
can: Can, };

/**
 * The list for one kind of number.
 */
export type GoLive = { 
/**
 * Who owns the number; none while nobody said.
 */
owner: TillOwner | null, 
/**
 * Every owner with its name, for a choice.
 */
owners: Array<OwnerWords>, 
/**
 * What to have or to do, in order.
 */
items: Array<Item>, };

/**
 * The words, named by what they are for.
 */
export type Labels = { title: Words, owner: Words, print: Words, phone: Words, shilling: Words, start: Words, stop: Words, stopped: Words, trying: Words, waiting: Words, not_tried: Words, good: Words, neutral: Words, fix: Words, not_known: Words, addresses: Words, addresses_note: Words, confirmation: Words, validation: Words, unanswered: Words, completed: Words, cancelled: Words, version: Words, once: Words, register: Words, play: Words, play_note: Words, play_phone: Words, play_go: Words, list: Words, };

/**
 * The set-up doctor before anything is tried.
 */
export type DoctorView = { 
/**
 * What the shop needs before Safaricom prompts its customers.
 */
list: GoLive, 
/**
 * What can be tried, in order.
 */
steps: Array<StepView>, 
/**
 * Practice or sandbox: customers may be played.
 */
plays: boolean, 
/**
 * What stands on the screens beside the findings.
 */
labels: Labels, };

/**
 * A step of the doctor, in words.
 */
export type StepView = { 
/**
 * Which.
 */
step: Step, 
/**
 * Its name.
 */
title: Words, };

/**
 * Where notices of customers' own payments are to go.
 */
export type AddressesForm = { 
/**
 * Told of every payment.
 */
confirmation: string, 
/**
 * Asked before a payment.
 */
validation: string, 
/**
 * What happens to a payment when nobody answers.
 */
unanswered: Unanswered, 
/**
 * Which generation of Customer To Business the app has.
 */
version: Generation, };

/**
 * What happens to a payment when the validation address does not answer.
 */
export type Unanswered = "completed" | "cancelled";

/**
 * Generation of Customer To Business.
 */
export type Generation = "v1" | "v2";

/**
 * Everything the page must know before it draws anything.
 */
export type AppState = { 
/**
 * Which door the page stands at.
 */
door: Door, 
/**
 * What kind of till this is.
 */
mode: Mode, 
/**
 * On the top bar.
 */
shop_name: string, 
/**
 * This counter's letter.
 */
counter: string, 
/**
 * What customers pay to.
 */
kind: Kind | null, 
/**
 * The till or paybill number a customer pays to.
 */
pay_number: string | null, 
/**
 * Where prompts go; none without keys.
 */
environment: AppEnvironment | null, 
/**
 * The other server, when prompts do not go to Safaricom.
 */
address: string | null, 
/**
 * Where the keys are.
 */
key_storage: KeyStorage, 
/**
 * Can prompts be sent?
 */
connected: boolean, 
/**
 * What the page may change.
 */
settings: Settings, 
/**
 * Keshia's version.
 */
version: string, 
/**
 * Why nothing works; the page shows only this.
 */
problem: Problem | null, };

/**
 * A square code to draw.
 */
export type PayCode = { 
/**
 * The dark squares, as the `d` of an SVG path.
 */
path: string, 
/**
 * The side of the whole square, with its white edge, in the path's units.
 */
size: number, };

/**
 * What came of it.
 */
export type Verdict = { 
/**
 * The chain's last row; 0 in an empty book.
 */
rows: number, 
/**
 * Its hash, for the next anchor.
 */
head: string, 
/**
 * The last row that an anchor covers; none without one that fits.
 */
anchored: number | null, 
/**
 * Rows after it, which nobody outside this PC can vouch for.
 */
not_anchored: number, 
/**
 * How often the book came back from a copy or moved: rows known outside may be missing since then.
 */
restored: Array<number>, 
/**
 * What is wrong, the first hundred.
 */
troubles: Array<Trouble>, 
/**
 * How much is wrong.
 */
wrong: number, };

/**
 * What is wrong, and where.
 */
export type Trouble = { "kind": "changed", 
/**
 * Its table.
 */
table: Table, 
/**
 * Its place.
 */
seq: number, } | { "kind": "missing", 
/**
 * The first.
 */
from: number, 
/**
 * The last.
 */
to: number, } | { "kind": "inserted", 
/**
 * Its table.
 */
table: Table, 
/**
 * The place.
 */
seq: number, } | { "kind": "shorter", 
/**
 * Its last row.
 */
ends: number, 
/**
 * The row that is known.
 */
known: number, } | { "kind": "rewritten", 
/**
 * The last row that an anchor covers; 0 when none does.
 */
after: number, 
/**
 * The row whose hash is another.
 */
until: number, } | { "kind": "unchained", 
/**
 * What.
 */
doubt: Doubt, 
/**
 * The random id, or the M-PESA code, of what it is about.
 */
id: string, };

/**
 * What an unchained table and the chain do not agree about.
 */
export type Doubt = "unbalanced" | "sale_gone" | "tender_gone" | "sale_changed" | "tender_changed" | "debt_changed" | "payment_changed" | "payment_gone" | "push_gone" | "refund_changed" | "shift_changed" | "sum_changed" | "close_changed" | "close_gone";

/**
 * A table of the chain.
 */
export type Table = "witness" | "posting" | "act";

/**
 * Where the book's copies are.
 */
export type CopiesView = { 
/**
 * The day of the newest copy beside the book.
 */
newest: string | null, 
/**
 * The second place; `None` when none was chosen.
 */
stick: StickView | null, 
/**
 * Folders of what is plugged in, to choose from.
 */
plugged_in: Array<string>, };

/**
 * The second place of the copies.
 */
export type StickView = { 
/**
 * The folder that was chosen.
 */
folder: string, 
/**
 * Only the recovery code opens the copies there.
 */
sealed: boolean, 
/**
 * The keys travel in them.
 */
with_keys: boolean, 
/**
 * It is there now.
 */
there: boolean, 
/**
 * When the newest copy got there.
 */
last: string | null, };

/**
 * A second place that was just chosen.
 */
export type StickChosen = { 
/**
 * The recovery code's groups, shown once; empty for plain copies.
 */
code: Array<string>, 
/**
 * How it stands now.
 */
copies: CopiesView, };

/**
 * A copy that may come back.
 */
export type FoundCopy = { 
/**
 * Where it is.
 */
file: string, 
/**
 * Whose it is; empty when it does not say.
 */
shop: string, 
/**
 * The day it is of.
 */
day: string | null, 
/**
 * It asks for the recovery code.
 */
sealed: boolean, };

/**
 * What a rehearsal of the way back said.
 */
export type RehearsalView = { 
/**
 * When the copy was taken.
 */
taken_at: string, 
/**
 * How many sales it holds.
 */
sales: number, 
/**
 * Sales that would be lost.
 */
lost_sales: number, 
/**
 * Money of theirs.
 */
lost: Money, 
/**
 * Whole minutes since the copy.
 */
minutes: number, };

/**
 * Where the page stands.
 */
export type Door = "first_start" | "open";

/**
 * What kind of till this is.
 */
export type Mode = "practice" | "live" | "today" | "elsewhere";

/**
 * What customers pay to.
 */
export type Kind = "paybill" | "till";

/**
 * Where prompts go.
 */
export type AppEnvironment = "practice" | "sandbox" | "production";

/**
 * Where the keys are.
 */
export type KeyStorage = "keyring" | "environment" | "none" | "practice";

/**
 * The language of the screens.
 */
export type Locale = "en" | "sw";

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * How large the words are.
 */
export type TextSize = "normal" | "large" | "largest";

/**
 * How loud the three sounds are.
 */
export type Volume = "low" | "middle" | "high";

/**
 * Which of them; one of each runs at a time.
 */
export type JobName = "statement" | "export" | "verify" | "backup" | "rehearsal" | "restore";

/**
 * How far a job has come.
 */
export type Progress = { 
/**
 * Which.
 */
job: JobName, 
/**
 * Rows, pages or bytes that are done.
 */
done: number, 
/**
 * Of so many; none while nobody knows.
 */
total: number | null, };

/**
 * What the customer's display shows: what stands on the counter, and of a person no more than the last three
 * digits of the phone.
 */
export type CustomerView = { 
/**
 * The language to say it in.
 */
locale: Locale, 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * Whose till it is.
 */
shop_name: string, 
/**
 * Not real money.
 */
pretend: boolean, 
/**
 * What the customer must know.
 */
moment: CustomerMoment, 
/**
 * Asked for, left or paid, cents; none while nothing stands on the counter.
 */
amount: number | null, 
/**
 * To be given back in cash, cents.
 */
change: number | null, 
/**
 * Whose PIN is waited for: the shell keeps the last three digits only.
 */
phone_masked: string | null, 
/**
 * What the customer pays to.
 */
kind: Kind, 
/**
 * The till or paybill number.
 */
number: string | null, 
/**
 * What to type as a paybill's account.
 */
account: string | null, 
/**
 * The square code that this PC draws.
 */
code: PayCode | null, 
/**
 * Safaricom's own square code, a `data:` picture.
 */
picture: string | null, };

/**
 * What the customer must know.
 */
export type CustomerMoment = "welcome" | "amount" | "enter_pin" | "pay_number" | "checking" | "paid" | "not_paid";

/**
 * What the settings screen may change.
 */
export type Settings = { 
/**
 * On the top bar and on receipts.
 */
shop_name: string, 
/**
 * The number on the sticker.
 */
pay_number: string | null, 
/**
 * Language.
 */
locale: Locale, 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * Size of the words.
 */
text_size: TextSize, 
/**
 * The three sounds.
 */
sounds: boolean, 
/**
 * How loud they are.
 */
volume: Volume, 
/**
 * The customer has a display of its own.
 */
customer_display: boolean, };

/**
 * The first owner, or (by their id as `name`) one who comes back with the recovery code.
 */
export type OwnerForm = { 
/**
 * As the shop calls them.
 */
name: string, 
/**
 * 4 to 8 figures.
 */
pin: string, 
/**
 * For owner acts.
 */
passphrase: string, };

/**
 * An owner is here, and has to write this code on paper now.
 */
export type OwnerMade = { 
/**
 * Who is at the till.
 */
desk: DeskView, 
/**
 * Its groups; nothing shows them again.
 */
recovery_code: Array<string>, };

/**
 * The relay and the other counters, for the settings.
 */
export type RelaySettings = { 
/**
 * Where the relay is; none before pairing.
 */
address: string | null, 
/**
 * Its keys are there.
 */
ready: boolean, 
/**
 * Where Safaricom is to post customers' payments.
 */
confirmation: string | null, 
/**
 * Where Safaricom is to ask before a payment.
 */
validation: string | null, 
/**
 * Posts that fit nothing of this shop.
 */
strange: number, 
/**
 * Events that could not be opened or read.
 */
set_aside: number, 
/**
 * Events that the relay did not keep long enough.
 */
missed: number, 
/**
 * This counter's part among several on one number.
 */
sharing: Sharing, 
/**
 * Up to this amount what the relay tells settles a payment.
 */
told_limit: Money, };

/**
 * What lets one more counter in.
 */
export type PairingLine = { 
/**
 * To be typed, pasted or scanned on the other counter. It holds the shop's secret.
 */
line: string, 
/**
 * Until when, milliseconds since 1970.
 */
expires_ms: number, };

/**
 * The link for the owner's phone.
 */
export type OwnersPage = { 
/**
 * Whoever has it reads the day.
 */
address: string, 
/**
 * The same, to be scanned.
 */
code: PayCode | null, };

/**
 * Whether other counters take payments on the same short code, and what follows.
 */
export type Sharing = "alone" | "collector" | "own_only" | "claims";

/**
 * The first door: only the number on the sticker.
 */
export type StartTodayForm = { 
/**
 * On the top bar.
 */
shop_name: string, 
/**
 * The till number on the sticker.
 */
till_number: string, };

/**
 * The third door. The keys become [`Secret`]s as they are read and are only ever written to the key store.
 */
export type ConnectForm = { 
/**
 * On the top bar.
 */
shop_name: string, 
/**
 * Which Safaricom.
 */
environment: SafaricomEnvironment, 
/**
 * Which numbers count.
 */
kind: Kind, 
/**
 * For a paybill: its number.
 */
paybill: string, 
/**
 * For a till: the store number from Safaricom's go-live e-mail.
 */
store: string, 
/**
 * For a till: the number on the sticker.
 */
till: string, 
/**
 * From the Daraja portal.
 */
consumer_key: string, 
/**
 * From the Daraja portal.
 */
consumer_secret: string, 
/**
 * From Safaricom's go-live e-mail.
 */
passkey: string, };

/**
 * Which Safaricom.
 */
export type SafaricomEnvironment = "sandbox" | "production";

/**
 * What trying the keys found out.
 */
export type ConnectionTest = { 
/**
 * Did Safaricom accept the keys?
 */
ok: boolean, 
/**
 * `ok`, or the code of what is wrong.
 */
code: ConnectionWord, 
/**
 * One English sentence.
 */
message: string, 
/**
 * PC clock minus Safaricom's clock, seconds.
 */
clock_skew_s: number | null, };

/**
 * How a connection test ended.
 */
export type ConnectionWord = "ok" | Code;

/**
 * Why nothing works.
 */
export type Problem = { 
/**
 * What the page branches on.
 */
code: Code, 
/**
 * One English sentence.
 */
message: string, 
/**
 * Which act another person may allow.
 */
act?: Act, };
