import { expect, it } from 'vitest';
import type { Interaction, InteractionAnswer } from '../ipc/types';
import { answered, took, wanted } from './interactions';

function row(answer: InteractionAnswer): Interaction {
  return {
    seq: 1,
    at: '2026-11-23T11:30:00Z',
    duration_ms: 412,
    kind: 'question',
    answer,
    host: 'api.safaricom.co.ke',
    status: 200,
    code: '1032',
  };
}

const ANSWERS: InteractionAnswer[] = [
  { word: 'accepted' },
  { word: 'paid' },
  { word: 'ended', reason: 'cancelled' },
  { word: 'pending' },
  { word: 'too_often' },
  { word: 'refused' },
  { word: 'trouble' },
  { word: 'not_sent', reason: 'no_network' },
  { word: 'no_answer' },
  { word: 'connection_lost' },
];

it('has words of its own for each answer, and no number from the wire', () => {
  const said = ANSWERS.map((answer) => answered(row(answer)));
  expect(new Set(said).size).toBe(ANSWERS.length);
  for (const words of said) expect(words).not.toMatch(/\d{3}/);
});

it('says what was wanted and how long it took', () => {
  expect(wanted(row({ word: 'paid' }))).toBe('Asked about a prompt');
  expect(took(row({ word: 'paid' }))).toBe('0.4 s');
});
