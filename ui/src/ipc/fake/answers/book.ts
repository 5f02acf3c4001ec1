/** What the book shows: the roll, a sale and its witnesses. */
import type { Answers } from '../answer';

export default {
  roll: (fake) => ({
    sales: fake.sales,
    more: false,
    draft: fake.draft,
    money_in: fake.moneyIn,
    to_look_at: fake.sales.filter(
      (sale) =>
        sale.matters.length > 0 || sale.status === 'not_known' || sale.status === 'code_not_confirmed',
    ).length,
    link: fake.link,
  }),
  sale: (fake, { saleId }) => fake.sale(saleId ?? ''),
  witnesses: (fake) => fake.witnesses,
  save_draft: (fake, { draft }) => {
    fake.draft = draft;
    return null;
  },
} satisfies Answers;
