/** Questions: they change nothing. */
import { invoke } from './transport';
import type {
  AppState,
  ClosingView,
  CodeCheck,
  ConnectForm,
  ConnectionTest,
  Money,
  RollView,
  SaleView,
} from './types';

export const queries = {
  appState: () => invoke<AppState>('app_state'),
  roll: () => invoke<RollView>('roll'),
  sale: (saleId: string) => invoke<SaleView>('sale', { saleId }),
  checkCode: (code: string, amount: Money) => invoke<CodeCheck>('check_code', { code, amount }),
  testConnection: (form: ConnectForm) => invoke<ConnectionTest>('test_connection', { form }),
  closing: () => invoke<ClosingView>('closing'),
};
