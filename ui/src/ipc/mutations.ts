/** Acts: each is durable when its promise resolves. */
import { invoke } from './transport';
import type {
  Act,
  AddressesForm,
  AppState,
  CashTaken,
  ConnectForm,
  DeskView,
  Draft,
  Finding,
  GoLive,
  Money,
  OwnerForm,
  OwnerMade,
  OwnersPage,
  PairingLine,
  ReadFrom,
  Role,
  RelaySettings,
  SaleView,
  Settings,
  Sharing,
  StatementReport,
  StartTodayForm,
  Step,
  TillOwner,
} from './types';

export const mutations = {
  choosePractice: () => invoke<AppState>('choose_practice'),
  startToday: (form: StartTodayForm) => invoke<AppState>('start_today', { form }),
  connect: (form: ConnectForm) => invoke<AppState>('connect', { form }),
  saveSettings: (settings: Settings) => invoke<AppState>('save_settings', { settings }),
  leavePractice: () => invoke<AppState>('leave_practice'),
  openPhone: () => invoke<null>('open_phone'),
  /**
   * `amount` is what this prompt asks for: the whole sale, or what is left of it. `wrongNumber` says
   * that the phone asked before was the wrong one: then another may be asked while that one is watched.
   */
  startPush: (saleId: string | null, amount: Money, phone: string, wrongNumber: boolean) =>
    invoke<SaleView>('start_push', { saleId, amount, phone, wrongNumber }),
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
  dropOwnersPage: () => invoke<null>('drop_owners_page'),
  setCounters: (sharing: Sharing, letter: string, toldLimit: Money) =>
    invoke<RelaySettings>('set_counters', { sharing, letter, toldLimit }),
  pullNow: () => invoke<null>('pull_now'),
  /** `text` is the CSV file as it is. */
  takeStatement: (text: string) => invoke<StatementReport>('take_statement', { text }),
  saveDraft: (draft: Draft) => invoke<null>('save_draft', { draft }),
  /** Writes the log of requests into a file and says where it is. */
  exportInteractions: () => invoke<string>('export_interactions'),
  /** One step of the set-up doctor. That of the prompt takes until the prompt's end; nobody has to wait for it. */
  doctorStep: (step: Step, phone: string | null, pushId: string | null) =>
    invoke<Finding>('doctor_step', { step, phone, pushId }),
  tillOwner: (owner: TillOwner) => invoke<GoLive>('till_owner', { owner }),
  registerUrls: (form: AddressesForm) => invoke<Finding>('register_urls', { form }),
  playPayment: (phone: string, amount: Money) => invoke<Finding>('play_payment', { phone, amount }),
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
};
