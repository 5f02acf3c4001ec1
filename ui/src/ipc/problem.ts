import type { Code, Problem } from './types';

/** Everything the shell refuses arrives as `{code, message}`; anything else is a fault of our own. */
export function toProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    const { code, message } = thrown as { code: Code; message?: unknown };
    return { code, message: typeof message === 'string' ? message : '' };
  }
  return { code: 'internal', message: String(thrown) };
}
