import type { Act, Code, Problem } from './types';

/** Everything the shell refuses arrives as `{code, message}`; anything else is a fault of our own. */
export function toProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    const { code, message, act } = thrown as { code: Code; message?: unknown; act?: Act };
    const problem: Problem = { code, message: typeof message === 'string' ? message : '' };
    return act === undefined ? problem : { ...problem, act };
  }
  return { code: 'internal', message: String(thrown) };
}
