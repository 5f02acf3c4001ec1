import { describe, expect, it } from 'vitest';
import { current, monday, switched, turned } from './period';

const TODAY = '2026-11-25';

describe('turning to a neighbour', () => {
  it('goes back day by day and never into tomorrow', () => {
    expect(turned({ kind: 'day', day: '2026-03-01' }, -1, TODAY, 0)).toEqual({
      kind: 'day',
      day: '2026-02-28',
    });
    expect(turned({ kind: 'day', day: TODAY }, 1, TODAY, 0)).toBeNull();
  });

  it('takes whole weeks from Monday to Sunday', () => {
    expect(monday('2026-11-29')).toBe('2026-11-23');
    expect(turned({ kind: 'week', day: TODAY }, -1, TODAY, 0)).toEqual({ kind: 'week', day: '2026-11-16' });
    expect(turned({ kind: 'week', day: TODAY }, 1, TODAY, 0)).toBeNull();
  });

  it('takes whole months, also from the 31st', () => {
    expect(turned({ kind: 'month', day: '2026-03-31' }, -1, TODAY, 0)).toEqual({
      kind: 'month',
      day: '2026-02-01',
    });
    expect(turned({ kind: 'month', day: '2025-12-31' }, 1, TODAY, 0)).toEqual({
      kind: 'month',
      day: '2026-01-01',
    });
    expect(turned({ kind: 'month', day: TODAY }, 1, TODAY, 0)).toBeNull();
  });

  it('goes from what is open through the closes and back', () => {
    const open = current('close', TODAY);
    expect(turned(open, -1, TODAY, 41)).toEqual({ kind: 'close', number: 41 });
    expect(turned({ kind: 'close', number: 41 }, 1, TODAY, 41)).toEqual({ kind: 'open' });
    expect(turned({ kind: 'close', number: 1 }, -1, TODAY, 41)).toBeNull();
    expect(turned(open, -1, TODAY, 0)).toBeNull();
  });
});

describe('switching to another kind', () => {
  it('stays round what is shown, and a day is today', () => {
    const shown = { kind: 'day', day: '2026-10-31' } as const;
    expect(switched(shown, 'month', TODAY)).toEqual({ kind: 'month', day: '2026-10-31' });
    expect(switched(shown, 'day', TODAY)).toEqual({ kind: 'day', day: TODAY });
    expect(switched({ kind: 'close', number: 3 }, 'week', TODAY)).toEqual({ kind: 'week', day: TODAY });
  });
});
