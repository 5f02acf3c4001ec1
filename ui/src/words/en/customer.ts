/** The customer's display, and its switch in the settings. */
export default {
  customer_welcome: 'Welcome',
  customer_to_pay: 'To pay',
  customer_pin: 'Enter your M-PESA PIN on the phone {phone}',
  customer_pay: 'Pay by M-PESA',
  customer_checking: 'The payment is being checked',
  customer_wait: 'Please do not pay again yet',
  customer_paid: 'Paid. Thank you!',
  customer_not_paid: 'Not paid',
  customer_ask: 'Please ask at the counter',
  set_customer: 'Customer’s display',
  customer_open: 'Open',
  customer_shut: 'Closed',
  customer_why:
    'A window that shows the customer the amount, the number and whether it is paid. With a second screen it fills that screen.',
} as const;
