/** The relay, the other counters and the owner's page. */
import type { Answers } from '../answer';

export default {
  relay_settings: (fake) => fake.relay,
  set_counters: (fake) => fake.relay,
  pair_relay: (fake) => (fake.relay = { ...fake.relay, address: 'https://relay.example', ready: true }),
  relay_goes_on: (fake) => {
    fake.link = { ...fake.link, relay: { heard_at: new Date().toISOString(), trouble: null } };
    return fake.relay;
  },
  unpair_relay: (fake) => (fake.relay = { ...fake.relay, address: null, ready: false }),
  make_owners_page: () => ({ address: 'https://relay.example/day/4f2a#k7', code: null }),
  pair_counter: () => ({
    line: `keshia-pair https://relay.example ${'4f'.repeat(32)} ${'a7'.repeat(32)}`,
    expires_ms: 0,
  }),
} satisfies Answers;
