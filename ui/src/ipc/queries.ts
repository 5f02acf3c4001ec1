/** Questions: they change nothing. */
import { invoke } from './transport';
import type {
  CopiesView,
  FoundCopy,
  RehearsalView,
  AppState,
  BookVerdict,
  ClosingDayView,
  ClosingView,
  CloseSlipView,
  CodeCheck,
  ConnectForm,
  CustomerView,
  ConnectionTest,
  DayReport,
  DebtStatementView,
  DeskView,
  DoctorView,
  DrawerView,
  EveningText,
  FilesFolder,
  GivingBackView,
  Interaction,
  KnownCustomer,
  Money,
  RelaySettings,
  PayCode,
  Period,
  PrinterView,
  Printing,
  PrintingSettings,
  ReceiptView,
  RollView,
  SaleView,
  SalesFound,
  WitnessView,
  ZReport,
  ZView,
  Words,
} from './types';

export const queries = {
  appState: () => invoke<AppState>('app_state'),
  roll: () => invoke<RollView>('roll'),
  sale: (saleId: string) => invoke<SaleView>('sale', { saleId }),
  witnesses: (saleId: string) => invoke<WitnessView[]>('witnesses', { saleId }),
  dayReport: (period: Period) => invoke<DayReport>('day_report', { period }),
  /** Without words the period's own sales, after the sale `before`; with words those that fit them all. */
  findSales: (words: string, period: Period, everywhere: boolean, before: string | null) =>
    invoke<SalesFound>('find_sales', { words, period, everywhere, before }),
  checkCode: (code: string, amount: Money) => invoke<CodeCheck>('check_code', { code, amount }),
  testConnection: (form: ConnectForm) => invoke<ConnectionTest>('test_connection', { form }),
  /** The newest requests to Safaricom before `before` (a row's `seq`), newest first. */
  interactions: (limit: number, before: number | null) =>
    invoke<Interaction[]>('interactions', { limit, before }),
  relaySettings: () => invoke<RelaySettings>('relay_settings'),
  /** The go-live list and the steps of the set-up doctor. */
  doctor: () => invoke<DoctorView>('doctor'),
  addressTrouble: (url: string) => invoke<Words | null>('address_trouble', { url }),
  /** The square code that this PC draws; `null` for a shop that has told no number. */
  payCode: (saleId: string) => invoke<PayCode | null>('pay_code', { saleId }),
  /** Safaricom's own code as a `data:` picture; `null` when it gives none now. */
  safaricomsCode: (saleId: string) => invoke<string | null>('safaricoms_code', { saleId }),
  drawer: () => invoke<DrawerView>('drawer'),
  givingBack: (saleId: string) => invoke<GivingBackView>('giving_back', { saleId }),
  /** By some letters of the name, the last three digits, or the whole number; masked. */
  findCustomers: (typed: string) => invoke<KnownCustomer[]>('find_customers', { typed }),
  /** Whose phone ends with what is being typed at the counter; nobody for whoever may not know customers. */
  regulars: (typed: string) => invoke<KnownCustomer[]>('regulars', { typed }),
  customers: () => invoke<KnownCustomer[]>('customers'),
  debtStatement: (customerId: string) => invoke<DebtStatementView>('debt_statement', { customerId }),
  /** That somebody looked is written down. */
  customerPhone: (customerId: string) => invoke<string>('customer_phone', { customerId }),
  xReport: () => invoke<ZReport>('x_report'),
  /** Since when the day is open, and what stands before its close. */
  closingDay: () => invoke<ClosingDayView>('closing_day'),
  closes: () => invoke<ZView[]>('closes'),
  eveningText: (period: Period) => invoke<EveningText>('evening_text', { period }),
  filesFolder: () => invoke<FilesFolder>('files_folder'),
  /** The slip of a close; of the open day when no number is given. */
  closeSlip: (number: number | null) => invoke<CloseSlipView>('close_slip', { number }),
  /** What the customer's display shows. */
  customerView: () => invoke<CustomerView | null>('customer_view'),
  copies: () => invoke<CopiesView>('copies'),
  /** Restores the newest copy into a folder of its own; changes nothing. */
  rehearse: () => invoke<RehearsalView>('rehearse'),
  /** `null` when somebody cancelled. `anchor` is a printed end of the chain: row, colon, hash; `close` the number of a close. */
  verifyBook: (anchor: string | null, close: number | null) =>
    invoke<BookVerdict | null>('verify_book', { anchor, close }),
  foundCopies: () => invoke<FoundCopy[]>('found_copies'),
  /** The settings of receipts, with the printers that are here now. */
  printingSettings: () => invoke<PrintingSettings>('printing_settings'),
  /** A slip by these settings, as it would be printed: a `data:` picture. */
  receiptPreview: (printing: Printing) => invoke<string>('receipt_preview', { printing }),
  receipt: (saleId: string) => invoke<ReceiptView>('receipt', { saleId }),
  printer: () => invoke<PrinterView>('printer'),
  /** Who is at the till, and who works here. */
  desk: () => invoke<DeskView>('desk'),
  closing: () => invoke<ClosingView>('closing'),
};
