/** Questions: they change nothing. */
import { invoke } from './transport';
import type {
  AppState,
  ClosingView,
  CodeCheck,
  ConnectForm,
  ConnectionTest,
  DayView,
  DeskView,
  DoctorView,
  Interaction,
  Money,
  RelaySettings,
  PayCode,
  RollView,
  SaleView,
  WitnessView,
  Words,
} from './types';

export const queries = {
  appState: () => invoke<AppState>('app_state'),
  roll: () => invoke<RollView>('roll'),
  sale: (saleId: string) => invoke<SaleView>('sale', { saleId }),
  witnesses: (saleId: string) => invoke<WitnessView[]>('witnesses', { saleId }),
  /** Today when no day (`2026-11-23`) is named. */
  day: (day: string | null) => invoke<DayView>('day', { day }),
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
  /** Who is at the till, and who works here. */
  desk: () => invoke<DeskView>('desk'),
  closing: () => invoke<ClosingView>('closing'),
};
