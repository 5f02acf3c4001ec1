/** The lesson of practice. */
export default {
  lesson: 'Lesson',
  lesson_begin: 'Lesson: five sales',
  lesson_of: '{n} of 5',
  lesson_leave: 'Leave the lesson',
  lesson_again: 'From the beginning',
  lesson_pays: 'A customer pays. Type 350, Enter, then 0700 000 000, Enter.',
  lesson_cancels: 'The next customer cancels. Press N, type 200, Enter, then 0700 000 032, Enter.',
  lesson_cancels_before: 'Paid: the word, the green and the sound say so.',
  lesson_till:
    'Now a customer pays by hand. Press N, type 120, Enter, then the last digits 126, Enter. When the number stands there, let the customer pay:',
  lesson_till_before: 'Cancelled: nothing was taken. You could send again, or take cash.',
  lesson_play: 'The customer pays KSh {amount}',
  lesson_till_give: 'Keshia asks whose payment it is? Press G to give it.',
  lesson_old:
    'Somebody shows an old message. Press N, type 90, then M and the code SKC4B2QX7Z. Read the warning, press Esc, and take cash: C, Enter.',
  lesson_old_before: 'Keshia found the payment and gave it to its sale.',
  lesson_fooled:
    'That code paid something long ago; the shop would have lost the money. Press N and try once more: type 90, then C, Enter.',
  lesson_unknown:
    'The last one: Safaricom’s answer gets lost. Press N, type 500, Enter, then 0700 000 099, Enter.',
  lesson_unknown_before: 'Right: an old code pays nothing.',
  lesson_unknown_wait:
    'Not known yet: do not send again. Press N and serve the next customer; Keshia finds out by itself.',
  lesson_done: 'That was all. Whatever happens, the roll says it and Keshia goes on asking.',
} as const;
