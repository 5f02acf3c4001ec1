/**
 * What the table refuses can be allowed: by a manager's PIN with a reason, or by the owner's own passphrase.
 * The question opens by itself when the shell refuses a command; the command is said again after a yes.
 */
import { onRefusal } from '../ipc/transport';
import type { Act, Problem } from '../ipc';
import { people } from './people.svelte';

/** An act that another person may allow, or nothing: the passphrase is wanted. */
interface Wish {
  act: Act | null;
  answer: (allowed: boolean) => void;
}

export const asking = $state<{ wish: Wish | null }>({ wish: null });

let open: { act: Act | null; answer: Promise<boolean> } | null = null;

function ask(act: Act | null): Promise<boolean> {
  // Several commands of one screen may be refused at once: one question is enough.
  if (open !== null) return open.act === act ? open.answer : Promise.resolve(false);
  const answer = new Promise<boolean>((resolve) => {
    asking.wish = {
      act,
      answer: (allowed) => {
        asking.wish = null;
        open = null;
        resolve(allowed);
      },
    };
  });
  open = { act, answer };
  return answer;
}

async function refused(problem: Problem): Promise<boolean> {
  switch (problem.code) {
    case 'not_permitted':
      return problem.act === undefined ? false : ask(problem.act);
    case 'passphrase_needed':
      return ask(null);
    case 'locked':
      await people.load();
      return false;
    default:
      return false;
  }
}

onRefusal(refused);
