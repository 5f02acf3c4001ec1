/** Questions: they change nothing. */
import { invoke } from './transport';
import type {
  AppState,
  ClosingView,
  CodeCheck,
  ConnectForm,
  ConnectionTest,
  DayView,
  DoctorView,
  Interaction,
  Money,
  RelaySettings,
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
  closing: () => invoke<ClosingView>('closing'),
};
