/** Making a sale void. */
export default {
  void_sale: 'Void this sale',
  void_label: 'Why is this sale void?',
  void_go: 'Void · {amount}',
  void_why_left: 'Customer left',
  void_why_wrong: 'Wrong amount',
  void_why_needed: 'Write a reason in a few words',
  cannot_void: 'This sale is over. What was paid goes back with “Give money back”',
} as const;
