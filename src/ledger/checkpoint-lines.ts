/**
 * Checkpoints as people and log collectors have them: the note itself, lines of the log, lines copied out of a chat.
 */
import type { KeyObject } from 'node:crypto';
import { isSignedBy, readCheckpoint, type ReadCheckpoint } from './checkpoint.ts';

/** In a line of a collector, the line of the bot may be a text inside: Docker and others call it one of these. */
const WRAPPED_IN = ['log', 'message'] as const;

/** Every checkpoint in a text, in its order: the text is one, or it has lines of the log. Everything else is passed over. */
export function checkpointsIn(text: string): readonly ReadCheckpoint[] {
  const whole = readCheckpoint(tidied(text));
  if (whole !== null) return [whole];
  return text
    .split('\n')
    .map((line) => inLine(line, 'may-be-wrapped'))
    .filter((found) => found !== null);
}

/** Which of several checkpoints a ledger is compared with. */
export interface Chosen {
  readonly checkpoint: ReadCheckpoint;
  /** The key that signed it; `null` when no key was given, or none of them signed it. */
  readonly key: KeyObject | null;
  /** So many checkpoints of this ledger are not signed with a key that was given. */
  readonly leftOut: number;
}

/**
 * The newest checkpoint of the ledger `origin` that one of the keys signed. A checkpoint of another ledger, or one with another
 * signature, is chosen only when there is nothing better, so that the verification says what is wrong with it. `null`: there is none.
 */
export function chooseCheckpoint(
  found: readonly ReadCheckpoint[],
  origin: string | null,
  keys: readonly KeyObject[],
): Chosen | null {
  const own = found.filter((one) => one.origin === origin);
  const signedBy = (one: ReadCheckpoint): KeyObject | null => keys.find((key) => isSignedBy(one, key)) ?? null;
  const signed = keys.length === 0 ? own : own.filter((one) => signedBy(one) !== null);
  const checkpoint = newestOf(signed) ?? newestOf(own) ?? newestOf(found);
  if (checkpoint === null) return null;
  return { checkpoint, key: signedBy(checkpoint), leftOut: own.length - signed.length };
}

function newestOf(found: readonly ReadCheckpoint[]): ReadCheckpoint | null {
  return found.reduce<ReadCheckpoint | null>((best, one) => (best === null || one.size > best.size ? one : best), null);
}

/** A line may begin with a time or the name of a stream. */
function inLine(line: string, may: 'may-be-wrapped' | 'is-the-line'): ReadCheckpoint | null {
  const start = line.indexOf('{');
  const fields = start === -1 ? null : fieldsOf(line.slice(start));
  if (fields === null) return null;
  if (typeof fields['checkpoint'] === 'string') return readCheckpoint(fields['checkpoint']);
  const inside = WRAPPED_IN.map((name) => fields[name]).find((value) => typeof value === 'string');
  return may === 'may-be-wrapped' && inside !== undefined ? inLine(inside, 'is-the-line') : null;
}

function fieldsOf(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null; // a line of something else
  }
}

/** What copying adds and loses: spaces at the ends, empty lines around, the end of the last line. */
function tidied(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return `${lines.join('\n').trim()}\n`;
}
