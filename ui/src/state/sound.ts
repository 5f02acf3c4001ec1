/** The three sounds of the till, made on the spot: no files, nothing to load. */
import type { Outcome, Volume } from '../ipc';

interface Note {
  /** Hertz. */
  pitch: number;
  /** Seconds from the start. */
  at: number;
  for: number;
  wave: OscillatorType;
}

/** Told apart with the back turned: two notes up, two notes down, one note three times. */
const TUNES: Record<Outcome, readonly Note[]> = {
  paid: [
    { pitch: 659.25, at: 0, for: 0.14, wave: 'sine' },
    { pitch: 987.77, at: 0.13, for: 0.32, wave: 'sine' },
  ],
  not_paid: [
    { pitch: 311.13, at: 0, for: 0.18, wave: 'triangle' },
    { pitch: 207.65, at: 0.18, for: 0.36, wave: 'triangle' },
  ],
  look: [0, 0.19, 0.38].map((at) => ({ pitch: 523.25, at, for: 0.11, wave: 'triangle' })),
};

/** Of the loudest that a speaker can do. */
const LOUDNESS: Record<Volume, number> = { low: 0.08, middle: 0.22, high: 0.6 };
let context: AudioContext | undefined;

export function play(outcome: Outcome, volume: Volume): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  // Suspended until the first key press of the day; a till that was never touched stays silent.
  void context.resume();
  for (const note of TUNES[outcome]) ring(context, note, LOUDNESS[volume]);
}

function ring(audio: AudioContext, note: Note, loudness: number): void {
  const start = audio.currentTime + note.at;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.001, start + note.for);
  const tone = audio.createOscillator();
  tone.type = note.wave;
  tone.frequency.setValueAtTime(note.pitch, start);
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + note.for);
}
