/** The drawer and the closes. */
import { shiftView, zView } from '../../ipc/fake/till';
import { draft, open } from '../samples';
import type { Scenes } from '.';

export default {
  drawer: (fake) => {
    fake.till.shifts = [shiftView()];
    fake.till.closes = [zView(fake, { number: 41 }), zView(fake, { number: 40 })];
    open('nav-drawer');
  },
  drawerclosed: (fake) => {
    fake.till.closes = [zView(fake, { number: 41 })];
    open('nav-drawer');
  },
  drawerpeople: (fake) => {
    fake.till.own = true;
    fake.till.shifts = [
      shiftView({ person: 'Wanjiru' }),
      shiftView({ id: 'shift-2', number: 15, person: 'Otieno', float: 1_000_00 }),
    ];
    open('nav-drawer');
  },
  uncounted: (fake) => {
    fake.till.ended = [shiftView({ counted: 12_350_00, off: -50_00 })];
    fake.draft = draft({ amount: '1250', cash: '2000', mode: 'cash' });
  },
  x: (fake) => {
    fake.till.shifts = [shiftView()];
    open('nav-drawer', 'drawer-x-show');
  },
} satisfies Scenes;
