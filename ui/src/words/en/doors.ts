/** The first start. */
export default {
  doors_title: 'How will this shop begin?',
  doors_note: 'You can walk through another door any day. No sale is lost.',
  door_today: 'Start today',
  door_today_note: 'Only the till number from your sticker. Cash and M-PESA codes, no keys.',
  door_practice: 'Practice',
  door_practice_note: 'Play money, and a customer’s phone on this screen. Nothing can go wrong.',
  door_connect: 'Connect to Safaricom',
  door_connect_note: 'With your Daraja keys Keshia asks the customer’s phone for the PIN.',
  back: 'Back',
  shop_name: 'Name of the shop',
  till_number: 'Till number',
  sticker_lipa: 'LIPA NA M-PESA',
  sticker_goods: 'BUY GOODS TILL NUMBER',
  today_title: 'Start today',
  today_lead:
    'Type the number from the sticker on your counter. Customers pay it from their own phones, and you type the M-PESA code.',
  today_go: 'Open the till',
  shop_name_missing: 'Give the shop a name',
  number_wrong: 'Five to seven digits, as on the sticker or in Safaricom’s letter',
} as const;
