/**
 * Names by which tests find what a person sees. Stable: a test outside this folder relies on them.
 *
 * Doors    door-practice door-today door-connect · today-name today-till today-go · language-en language-sw
 * Connect  kind-till kind-paybill env-production env-sandbox connect-name connect-till connect-store
 *          connect-paybill connect-key connect-secret connect-passkey connect-test connect-result connect-go
 * Frame    nav-sell nav-day nav-settings link clock banner practice-band open-phone backup-trouble date-doubt date-right
 *          live-region
 * Counter  counter (data-view, data-status, data-sale, data-flash) · amount amount-result amount-shown
 *          phone phone-hint primary error-line · till cash code next wrong-number send-anyway void
 *          cash-field cash-result cash-back · code-field code-warning (data-kind) read-customer read-shop
 *          void-field · state-word state-reason asking-clock asking-step (data-step, data-done)
 *          ask-question ask-yes ask-no ask-now send-wait · receipt change part (data-proof)
 *          matter (data-kind) · do-not-pay-again time-unsure instead awaits · history witness (data-by)
 *          judge judge-paid judge-not-paid judge-reason
 *          pad pad-toggle pad-key (data-key)
 * Roll     roll roll-line (data-sale, data-status, data-reference) roll-large (data-sale, data-outcome)
 *          roll-empty look · money-in money (data-receipt) money-give (data-sale) money-make · pay-code (data-from) part-paid
 * Panels   keys-panel keys-close · close-panel close-stay close-anyway · problem problem-again
 * Settings settings set-shop-name set-pay-number set-locale-en set-locale-sw set-theme-system
 *          set-theme-light set-theme-dark set-text-normal set-text-large set-text-largest set-sounds-on
 *          set-sounds-off list (data-on) read-now key-storage version settings-connect leave-practice
 * Day      day (data-day) day-before day-after day-taken day-proved day-not-proved day-word
 * Statement statement statement-file statement-result missing-code
 * Log      log log-show log-line (data-kind, data-answer) log-older log-empty log-export log-exported
 */
export const ids = {
  day: 'day',
  dayBefore: 'day-before',
  dayAfter: 'day-after',
  dayTaken: 'day-taken',
  dayProved: 'day-proved',
  dayNotProved: 'day-not-proved',
  dayWord: 'day-word',
  navDay: 'nav-day',
  statement: 'statement',
  statementFile: 'statement-file',
  statementResult: 'statement-result',
  missingCode: 'missing-code',
  doorPractice: 'door-practice',
  doorToday: 'door-today',
  doorConnect: 'door-connect',
  todayName: 'today-name',
  todayTill: 'today-till',
  todayGo: 'today-go',

  connectName: 'connect-name',
  connectTill: 'connect-till',
  connectStore: 'connect-store',
  connectPaybill: 'connect-paybill',
  connectKey: 'connect-key',
  connectSecret: 'connect-secret',
  connectPasskey: 'connect-passkey',
  connectTest: 'connect-test',
  connectResult: 'connect-result',
  connectGo: 'connect-go',

  navSell: 'nav-sell',
  navSettings: 'nav-settings',
  link: 'link',
  clock: 'clock',
  banner: 'banner',
  practiceBand: 'practice-band',
  openPhone: 'open-phone',
  dateDoubt: 'date-doubt',
  dateRight: 'date-right',
  backupTrouble: 'backup-trouble',
  liveRegion: 'live-region',

  counter: 'counter',
  amount: 'amount',
  amountResult: 'amount-result',
  amountShown: 'amount-shown',
  phone: 'phone',
  phoneHint: 'phone-hint',
  primary: 'primary',
  errorLine: 'error-line',
  till: 'till',
  cash: 'cash',
  code: 'code',
  next: 'next',
  wrongNumber: 'wrong-number',
  sendAnyway: 'send-anyway',
  void: 'void',
  cashField: 'cash-field',
  cashResult: 'cash-result',
  codeField: 'code-field',
  codeWarning: 'code-warning',
  readCustomer: 'read-customer',
  readShop: 'read-shop',
  voidField: 'void-field',
  stateWord: 'state-word',
  stateReason: 'state-reason',
  askingClock: 'asking-clock',
  askingStep: 'asking-step',
  askQuestion: 'ask-question',
  askYes: 'ask-yes',
  askNo: 'ask-no',
  askNow: 'ask-now',
  sendWait: 'send-wait',
  receipt: 'receipt',
  change: 'change',
  partPaid: 'part-paid',
  part: 'part',
  matter: 'matter',
  doNotPayAgain: 'do-not-pay-again',
  timeUnsure: 'time-unsure',
  instead: 'instead',
  history: 'history',
  witness: 'witness',
  judge: 'judge',
  judgePaid: 'judge-paid',
  judgeNotPaid: 'judge-not-paid',
  judgeReason: 'judge-reason',
  awaits: 'awaits',
  pad: 'pad',
  padToggle: 'pad-toggle',
  padKey: 'pad-key',

  roll: 'roll',
  rollLine: 'roll-line',
  rollLarge: 'roll-large',
  rollEmpty: 'roll-empty',
  look: 'look',
  moneyIn: 'money-in',
  money: 'money',
  moneyGive: 'money-give',
  moneyMake: 'money-make',
  payCode: 'pay-code',

  keysPanel: 'keys-panel',
  keysClose: 'keys-close',
  closePanel: 'close-panel',
  closeStay: 'close-stay',
  closeAnyway: 'close-anyway',
  problem: 'problem',
  problemAgain: 'problem-again',

  settings: 'settings',
  setShopName: 'set-shop-name',
  setPayNumber: 'set-pay-number',
  list: 'list',
  readNow: 'read-now',
  keyStorage: 'key-storage',
  version: 'version',
  settingsConnect: 'settings-connect',
  leavePractice: 'leave-practice',

  log: 'log',
  logShow: 'log-show',
  logLine: 'log-line',
  logOlder: 'log-older',
  logEmpty: 'log-empty',
  logExport: 'log-export',
  logExported: 'log-exported',
} as const;
