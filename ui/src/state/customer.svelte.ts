/** The customer's display follows the counter. */
import { mutations } from '../ipc';
import type { PayCode } from '../ipc';
import { customerView } from '../logic/customer';
import { counter, shop } from './till.svelte';

/** The square code that stands on the counter. */
export const square = $state<{ drawn: PayCode | null; picture: string | null }>({
  drawn: null,
  picture: null,
});

let shown = '';

/** Within the window's root: opens, closes and tells the display. What it cannot do disturbs no sale. */
export function followCounter(): void {
  const open = $derived(shop.state?.door === 'open' && shop.state.settings.customer_display);
  const view = $derived.by(() => {
    const settings = shop.state?.settings;
    if (!open || settings === undefined) return null;
    return customerView({
      sale: counter.sale,
      due: counter.due,
      shop: {
        name: settings.shop_name,
        locale: settings.locale,
        theme: settings.theme,
        pretend: shop.pretend,
      },
      payTo: shop.payTo,
      code: square.drawn,
      picture: square.picture,
    });
  });

  $effect(() => {
    const words = JSON.stringify(view);
    if (view === null || words === shown) return;
    shown = words;
    mutations.showCustomer(view).catch(() => (shown = ''));
  });

  $effect(() => {
    mutations.setCustomerDisplay(open).catch(() => undefined);
  });
}
