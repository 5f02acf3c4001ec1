import { describe, expect, it } from 'vitest';
import { evaluate } from './calculator';
import { readPhone } from './phone';
import { badEveningOf, cashPlan, isShortCode, mpesaTrouble, planOf, type Entry } from './plan';

function plan(amount: string, phone: string, change: Partial<Entry> = {}) {
  return planOf({
    field: 'phone',
    sum: evaluate(amount),
    phone: readPhone(phone),
    connected: true,
    offline: false,
    slow: false,
    ...change,
  });
}

describe('what Enter does', () => {
  it('goes from the amount to the phone', () => {
    expect(plan('1250', '', { field: 'amount' })).toEqual({ act: 'to_phone', due: 125_000 });
  });

  it('sends a prompt to a whole number', () => {
    expect(plan('1250', '0712345678')).toEqual({
      act: 'push',
      due: 125_000,
      phone: '0712345678',
      pretty: '0712 345 678',
    });
  });

  it('lets the customer pay the till with three digits, or with none', () => {
    expect(plan('1250', '678')).toMatchObject({ act: 'till', digits: '678', instead: null });
    expect(plan('1250', '')).toMatchObject({ act: 'till', digits: null, instead: null });
  });

  it('says one thing that is in the way', () => {
    expect(plan('', '0712345678')).toEqual({ act: 'wait', trouble: 'empty' });
    expect(plan('120+', '')).toEqual({ act: 'wait', trouble: 'unfinished' });
    expect(plan('1250', '0712')).toEqual({ act: 'wait', trouble: 'phone_too_short' });
    expect(plan('1250.50', '0712345678')).toEqual({ act: 'wait', trouble: 'whole_shillings' });
    expect(plan('250001', '0712345678')).toEqual({ act: 'wait', trouble: 'above_mpesa' });
    expect(plan('0.50', '')).toEqual({ act: 'wait', trouble: 'below_mpesa' });
  });

  it('never sends a prompt that cannot arrive', () => {
    const without = (change: Partial<Entry>) => plan('1250', '0712345678', change);
    expect(without({ connected: false })).toMatchObject({
      act: 'till',
      digits: '678',
      instead: 'not_connected',
    });
    expect(without({ offline: true })).toMatchObject({ act: 'till', instead: 'offline' });
    expect(without({ slow: true })).toMatchObject({ act: 'till', instead: 'slow' });
  });
});

it('names a bad evening before any phone is typed', () => {
  const at = (offline: boolean, slow: boolean, connected = true) =>
    badEveningOf({ connected, offline, slow });
  expect(at(false, false)).toBeNull();
  expect(at(false, true)).toBe('slow');
  expect(at(true, true), 'the nearer reason').toBe('offline');
  expect(at(true, true, false), 'without keys there are no prompts to miss').toBeNull();
});

it('tells exact, change and part of cash apart', () => {
  expect(cashPlan(125_000, evaluate(''))).toEqual({ act: 'exact', tendered: 125_000 });
  expect(cashPlan(125_000, evaluate('1250'))).toEqual({ act: 'exact', tendered: 125_000 });
  expect(cashPlan(125_000, evaluate('2000'))).toEqual({ act: 'change', tendered: 200_000, change: 75_000 });
  expect(cashPlan(125_000, evaluate('500'))).toEqual({ act: 'part', tendered: 50_000, left: 75_000 });
  expect(cashPlan(125_000, evaluate('5+'))).toEqual({ act: 'wait', trouble: 'unfinished' });
});

it('knows the limits of M-PESA', () => {
  expect(mpesaTrouble(100)).toBeNull();
  expect(mpesaTrouble(25_000_000)).toBeNull();
});

it('knows the shape of a till or paybill number', () => {
  for (const good of ['12345', '600100', '1234567', ' 174379 ']) expect(isShortCode(good), good).toBe(true);
  for (const bad of ['', '1234', '12345678', '12a456', '١٢٣٤٥', '-12345'])
    expect(isShortCode(bad), bad).toBe(false);
});
