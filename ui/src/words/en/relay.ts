/** The relay and the other counters. */
export default {
  set_relay: 'Relay and counters',
  relay_why:
    'A relay brings what Safaricom posts, so that payments show at once. Paste the pairing line from its operator or from a paired counter.',
  relay_paste: 'Pairing line',
  relay_pair: 'Pair',
  relay_unpair: 'End pairing',
  relay_another: 'Let another counter in',
  relay_line_note:
    'Paste this on the other counter within ten minutes. It holds the shop’s secret: show it to nobody else.',
  relay_heard: 'last heard {s} s ago',
  relay_not_yet: 'not heard yet',
  relay_unreachable: 'does not answer. Keshia asks Safaricom meanwhile.',
  relay_not_let_in: 'does not let this counter in any more. Pair it again.',
  relay_chain_refused: 'has seen entries of this counter that are not in this book.',
  relay_restored_why:
    'Payments go on arriving. If this book was restored from a copy, the owner lets the relay go on with it: it remembers what it had seen. If nobody restored it, this is an old copy, or somebody changed it: tell the owner.',
  relay_restored: 'It was restored: go on with this book',
  relay_here: 'is heard, but this PC’s disk refuses to write.',
  relay_addresses: 'Addresses for customers’ own payments, to be registered at Safaricom:',
  relay_counts:
    'Posts that fit nothing here: {strange}. Not readable: {aside}. Not kept long enough: {missed}.',
  owner_why:
    'The owner’s phone: scan once, and it shows this counter’s day wherever there is internet. Whoever has the link reads the day; a new link ends the old one.',
  owner_make: 'New link for the owner’s phone',
  owner_drop: 'Take the page away',
  relay_limit: 'Above this amount (KSh) Safaricom itself must confirm',
  sharing_title: 'Counters on this number',
  sharing_alone: 'This is the only counter',
  sharing_collector: 'There are others; this one collects what customers pay by themselves',
  sharing_own_only: 'Another counter collects; this one takes its own prompts only',
  sharing_claims: 'The counters settle through the relay which of them has a payment.',
  counter_letter: 'Letter of this counter',
} as const;
