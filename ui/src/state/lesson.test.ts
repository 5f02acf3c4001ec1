import { expect, it } from 'vitest';
import { pushTender, pushView, saleView, waitsForTill } from '../ipc/fake';
import type { PushView, SaleView } from '../ipc/types';
import { Lesson } from './lesson.svelte';

const pushed = (status: SaleView['status'], push: Partial<PushView>): SaleView =>
  saleView(350_00, { status, tenders: [pushTender(350_00, pushView('0700000000', push))] });

it('goes through five sales as the book tells of them', () => {
  const lesson = new Lesson();
  const yesterday = pushed('paid', { state: 'paid' });
  lesson.heard(yesterday);
  expect(lesson.step, 'nobody takes the lesson').toBeNull();
  lesson.begin([yesterday]);
  lesson.heard(yesterday);
  expect(lesson.step, 'an old sale teaches nothing').toBe(0);
  const paid = pushed('paid', { state: 'paid' });
  lesson.heard(paid);
  expect(lesson.name).toBe('cancels');
  lesson.heard(pushed('not_paid', { state: 'failed', reason: 'cancelled' }));
  expect(lesson.name).toBe('till');
  const waits = waitsForTill(saleView(120_00));
  lesson.heard(waits);
  expect(lesson.name, 'not paid yet').toBe('till');
  const part = { ...waits.tenders[0], waiting: false } as SaleView['tenders'][number];
  lesson.heard({ ...waits, status: 'paid', tenders: [part] });
  expect(lesson.name).toBe('old');
  lesson.heard(saleView(90_00, { status: 'code_not_confirmed' }));
  expect([lesson.name, lesson.fooled]).toEqual(['old', true]);
  lesson.heard(saleView(90_00, { status: 'paid_cash' }));
  expect([lesson.name, lesson.fooled]).toEqual(['unknown', false]);
  const lost = pushed('not_known', { state: 'unknown', reason: 'timeout' });
  lesson.heard(lost);
  lesson.heard(pushed('paid', { state: 'paid' }));
  expect(lesson.finished, 'another sale answers nothing').toBe(false);
  lesson.heard({ ...lost, status: 'paid' });
  expect(lesson.finished).toBe(true);
});

it('can be left and begun again', () => {
  const lesson = new Lesson();
  lesson.begin([]);
  const paid = pushed('paid', { state: 'paid' });
  lesson.heard(paid);
  lesson.leave();
  lesson.heard(pushed('not_paid', { state: 'failed', reason: 'cancelled' }));
  expect(lesson.step).toBeNull();
  lesson.begin([paid]);
  lesson.heard(paid);
  expect(lesson.step, 'from the first sale').toBe(0);
});
