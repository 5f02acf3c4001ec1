/** Every sentence of the window in Swahili. What English has and this lacks does not compile. */
import type english from '../en';
import asking from './asking';
import cash from './cash';
import close from './close';
import closing from './closing';
import code from './code';
import connect from './connect';
import copies from './copies';
import counter from './counter';
import credit from './credit';
import customer from './customer';
import customers from './customers';
import day from './day';
import doors from './doors';
import drawer from './drawer';
import ended from './ended';
import files from './files';
import frame from './frame';
import judging from './judging';
import keys from './keys';
import lesson from './lesson';
import list from './list';
import log from './log';
import matters from './matters';
import money from './money';
import paper from './paper';
import progress from './progress';
import printing from './printing';
import people from './people';
import reasons from './reasons';
import refund from './refund';
import refusals from './refusals';
import relay from './relay';
import roll from './roll';
import settings from './settings';
import slips from './slips';
import statement from './statement';
import till from './till';
import unknown from './unknown';
import verify from './verify';
import voiding from './voiding';
import witnesses from './witnesses';

export default {
  ...asking,
  ...cash,
  ...close,
  ...closing,
  ...code,
  ...connect,
  ...copies,
  ...counter,
  ...credit,
  ...customer,
  ...customers,
  ...day,
  ...doors,
  ...drawer,
  ...ended,
  ...files,
  ...frame,
  ...judging,
  ...keys,
  ...lesson,
  ...list,
  ...log,
  ...matters,
  ...money,
  ...paper,
  ...progress,
  ...printing,
  ...people,
  ...reasons,
  ...refund,
  ...refusals,
  ...relay,
  ...roll,
  ...settings,
  ...slips,
  ...statement,
  ...till,
  ...unknown,
  ...verify,
  ...voiding,
  ...witnesses,
} satisfies Record<keyof typeof english, string>;
