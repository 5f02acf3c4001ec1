/** Acts: each is durable when its promise resolves. */
import { invoke } from './transport';
import type {
  Act,
  AddressesForm,
  AppState,
  CustomerFile,
  CustomerForm,
  CustomerView,
  CashTaken,
  ClosingDayView,
  ConnectForm,
  CopiesView,
  DeskView,
  Draft,
  DrawerView,
  ExportFormat,
  FilesFolder,
  Finding,
  GiveBackWay,
  GoLive,
  JobName,
  KnownCustomer,
  Money,
  OwnerForm,
  OwnerMade,
  OwnersPage,
  PairingLine,
  Period,
  Printing,
  ReadFrom,
  Role,
  RelaySettings,
  SaleTax,
  SaleView,
  Settings,
  Sharing,
  ShiftView,
  StatementReport,
  StickChosen,
  StartTodayForm,
  Step,
  TillOwner,
  ZView,
  PrinterTrouble,
  VatKind,
} from './types';

export const mutations = {
  choosePractice: () => invoke<AppState>('choose_practice'),
  startToday: (form: StartTodayForm) => invoke<AppState>('start_today', { form }),
  connect: (form: ConnectForm) => invoke<AppState>('connect', { form }),
  saveSettings: (settings: Settings) => invoke<AppState>('save_settings', { settings }),
  leavePractice: () => invoke<AppState>('leave_practice'),
  /** The customer's display: a window of its own. */
  setCustomerDisplay: (open: boolean) => invoke<null>('set_customer_display', { open }),
  showCustomer: (view: CustomerView) => invoke<null>('show_customer', { view }),
  openPhone: () => invoke<null>('open_phone'),
  /**
   * `amount` is what this prompt asks for: the whole sale, or what is left of it. `wrongNumber` says
   * that the phone asked before was the wrong one: then another may be asked while that one is watched.
   */
  startPush: (saleId: string | null, amount: Money, phone: string, wrongNumber: boolean) =>
    invoke<SaleView>('start_push', { saleId, amount, phone, wrongNumber }),
  /** A regular who was chosen from the list: the page never has the number. */
  promptRegular: (saleId: string | null, amount: Money, customerId: string, wrongNumber: boolean) =>
    invoke<SaleView>('prompt_regular', { saleId, amount, customerId, wrongNumber }),
  /** Asks the phone of a prompt once more, for what is left of its sale. */
  sendAgain: (pushId: string) => invoke<SaleView>('send_again', { pushId }),
  takeCash: (saleId: string | null, amount: Money, tendered: Money) =>
    invoke<CashTaken>('take_cash', { saleId, amount, tendered }),
  takeCode: (saleId: string | null, amount: Money, code: string, readFrom: ReadFrom, warned: boolean) =>
    invoke<SaleView>('take_code', { saleId, amount, code, readFrom, warned }),
  waitForTill: (saleId: string | null, amount: Money, digits: string | null) =>
    invoke<SaleView>('wait_for_till', { saleId, amount, digits }),
  voidSale: (saleId: string, reason: string) => invoke<SaleView>('void_sale', { saleId, reason }),
  askNow: (pushId: string) => invoke<SaleView>('ask_now', { pushId }),
  noMessage: (pushId: string) => invoke<SaleView>('no_message', { pushId }),
  judge: (pushId: string, paid: boolean, reason: string) =>
    invoke<SaleView>('judge', { pushId, paid, reason }),
  placeMoney: (receipt: string, saleId: string) => invoke<SaleView>('place_money', { receipt, saleId }),
  /** `noneOfThem`: somebody has seen the sales that the payment may be for. */
  saleOfMoney: (receipt: string, noneOfThem: boolean) =>
    invoke<SaleView>('sale_of_money', { receipt, noneOfThem }),
  confirmClock: () => invoke<null>('confirm_clock'),
  /** `line` begins with `keshia-pair`; it holds secrets. */
  pairRelay: (line: string) => invoke<RelaySettings>('pair_relay', { line }),
  unpairRelay: () => invoke<RelaySettings>('unpair_relay'),
  /** The line that lets one more counter in. */
  pairCounter: () => invoke<PairingLine>('pair_counter'),
  /** A new link for the owner's phone; the one before shows nothing any more. */
  makeOwnersPage: () => invoke<OwnersPage>('make_owners_page'),
  relayGoesOn: () => invoke<RelaySettings>('relay_goes_on'),
  dropOwnersPage: () => invoke<null>('drop_owners_page'),
  setCounters: (sharing: Sharing, letter: string, toldLimit: Money) =>
    invoke<RelaySettings>('set_counters', { sharing, letter, toldLimit }),
  pullNow: () => invoke<null>('pull_now'),
  /** `text` is the CSV file as it is; `null` when somebody stopped it. */
  takeStatement: (text: string) => invoke<StatementReport | null>('take_statement', { text }),
  saveDraft: (draft: Draft) => invoke<null>('save_draft', { draft }),
  /** Writes the log of requests into a file and says where it is. */
  exportInteractions: () => invoke<string>('export_interactions'),
  /** One step of the set-up doctor. That of the prompt takes until the prompt's end; nobody has to wait for it. */
  doctorStep: (step: Step, phone: string | null, pushId: string | null) =>
    invoke<Finding>('doctor_step', { step, phone, pushId }),
  tillOwner: (owner: TillOwner) => invoke<GoLive>('till_owner', { owner }),
  registerUrls: (form: AddressesForm) => invoke<Finding>('register_urls', { form }),
  playPayment: (phone: string, amount: Money) => invoke<Finding>('play_payment', { phone, amount }),
  /** The job's own command answers `null` then. */
  stopJob: (job: JobName) => invoke<null>('stop_job', { job }),
  /** Copies go to this folder too; sealed ones get a recovery code, which is told this once. */
  chooseStick: (folder: string, sealed: boolean, withKeys: boolean) =>
    invoke<StickChosen>('choose_stick', { folder, sealed, withKeys }),
  forgetStick: () => invoke<CopiesView>('forget_stick'),
  copyNow: () => invoke<CopiesView>('copy_now'),
  restoreCopy: (file: string, code: string | null) => invoke<AppState>('restore_copy', { file, code }),
  movedHere: () => invoke<AppState>('moved_here'),
  isACopy: () => invoke<AppState>('is_a_copy'),
  savePrinting: (printing: Printing) => invoke<null>('save_printing', { printing }),
  /** Prints a test slip by these settings now; answers with what keeps the printer from it. */
  testPrint: (printing: Printing) => invoke<PrinterTrouble | null>('test_print', { printing }),
  printReceipt: (saleId: string) => invoke<null>('print_receipt', { saleId }),
  /** Prints what waited too long, or forgets it. */
  printLate: (wanted: boolean) => invoke<null>('print_late', { wanted }),
  setTax: (saleId: string, kind: VatKind, taxInvoice: string | null) =>
    invoke<SaleTax>('set_tax', { saleId, kind, taxInvoice }),
  /** Writes the receipt as a PDF and says where it is. */
  saveReceipt: (saleId: string) => invoke<string>('save_receipt', { saleId }),
  signIn: (personId: string, pin: string) => invoke<DeskView>('sign_in', { personId, pin }),
  lock: () => invoke<DeskView>('lock'),
  touch: () => invoke<null>('touch'),
  givePassphrase: (passphrase: string) => invoke<DeskView>('give_passphrase', { passphrase }),
  /** Another person's PIN allows one act, once and soon. */
  grant: (act: Act, personId: string, pin: string, reason: string) =>
    invoke<null>('grant', { act, personId, pin, reason }),
  makeOwner: (form: OwnerForm) => invoke<OwnerMade>('make_owner', { form }),
  newRecoveryCode: () => invoke<string[]>('new_recovery_code'),
  /** `form.name` is the owner's id. */
  recover: (code: string, form: OwnerForm) => invoke<OwnerMade>('recover', { code, form }),
  addPerson: (name: string, role: Role, pin: string) => invoke<DeskView>('add_person', { name, role, pin }),
  changePerson: (personId: string, name: string, role: Role) =>
    invoke<DeskView>('change_person', { personId, name, role }),
  resetPin: (personId: string, pin: string) => invoke<DeskView>('reset_pin', { personId, pin }),
  letGo: (personId: string) => invoke<DeskView>('let_go', { personId }),
  changePin: (old: string, wanted: string) => invoke<DeskView>('change_pin', { old, new: wanted }),
  changePassphrase: (old: string, wanted: string) =>
    invoke<DeskView>('change_passphrase', { old, new: wanted }),
  setAutoLock: (minutes: number) => invoke<DeskView>('set_auto_lock', { minutes }),
  closeAnyway: () => invoke<null>('close_anyway'),
  openShift: (float: Money) => invoke<DrawerView>('open_shift', { float }),
  /** `pieces` by worth in shillings. */
  closeShift: (shiftId: string, pieces: Record<number, number>) =>
    invoke<ShiftView>('close_shift', { shiftId, pieces }),
  payIn: (amount: Money, reason: string) => invoke<DrawerView>('pay_in', { amount, reason }),
  payOut: (amount: Money, reason: string) => invoke<DrawerView>('pay_out', { amount, reason }),
  setOwnDrawers: (own: boolean) => invoke<DrawerView>('set_own_drawers', { own }),
  /** `code` is M-PESA's, when it was sent from the shop's phone; else empty. */
  refund: (saleId: string, amount: Money, way: GiveBackWay, code: string, owed: boolean, reason: string) =>
    invoke<SaleView>('refund', { saleId, amount, way, code, owed, reason }),
  /** `part` of the sale is paid later; `reason`: why it may go beyond the limit. */
  giveCredit: (
    saleId: string | null,
    amount: Money,
    customerId: string,
    part: Money,
    reason: string | null,
  ) => invoke<SaleView>('give_credit', { saleId, amount, customerId, part, reason }),
  /** Begins a sale that pays off a debt: it goes to the counter. */
  payOff: (customerId: string, amount: Money) => invoke<SaleView>('pay_off', { customerId, amount }),
  writeOff: (customerId: string, amount: Money, reason: string) =>
    invoke<KnownCustomer>('write_off', { customerId, amount, reason }),
  addCustomer: (form: CustomerForm, agreed: boolean) =>
    invoke<KnownCustomer>('add_customer', { form, agreed }),
  /** An empty phone keeps the one that is known. */
  changeCustomer: (customerId: string, form: CustomerForm) =>
    invoke<KnownCustomer>('change_customer', { customerId, form }),
  /** Writes all that is kept about a customer into a file and says where it is. */
  exportCustomer: (customerId: string) => invoke<CustomerFile>('export_customer', { customerId }),
  printStatement: (customerId: string) => invoke<null>('print_statement', { customerId }),
  /** Writes a customer's statement as a page and says where it is. */
  saveStatement: (customerId: string) => invoke<CustomerFile>('save_statement', { customerId }),
  eraseCustomer: (customerId: string) => invoke<null>('erase_customer', { customerId }),
  /** As `closingDay`; Safaricom is asked once more about all that is not known. */
  beforeClose: () => invoke<ClosingDayView>('before_close'),
  closeDay: (words: string | null) => invoke<ZView>('close_day', { words }),
  /** Writes a period into files and says where they are; `null` when somebody stopped it. */
  exportFiles: (period: Period, format: ExportFormat) =>
    invoke<string[] | null>('export_files', { period, format }),
  chooseFilesFolder: (folder: string | null) => invoke<FilesFolder>('choose_files_folder', { folder }),
  printClose: (number: number | null) => invoke<null>('print_close', { number }),
  /** Writes the slip as a page to file and says where it is. */
  saveClose: (number: number | null) => invoke<string>('save_close', { number }),
  /** A sale from paper: by cash, or by the code that was written down. */
  writeIn: (amount: Money, at: string, code: string | null) =>
    invoke<SaleView>('write_in', { amount, at, code }),
};
