/**
 * Commands that show or change the mode: lockdown, elevated, normal. A command stands at the start of the message, and
 * a question never changes the mode.
 */
import { CHARACTERS_READ } from './normalize-text.ts';
import type { Intent } from './intent.ts';
import type { Item } from './lexicon.ts';
import type { Word } from './words.ts';

type Mode = Extract<Intent, { kind: 'set-mode' }>['mode'];

const REASON_CHARACTERS = 200;

const LEVELS: ReadonlyMap<string, Mode> = new Map([
  ['lockdown', 'lockdown'],
  ...['elevated', 'erhoht', 'erhoeht', 'renforce', 'elevado', 'reforzado'].map((key) => [key, 'elevated'] as const),
  ['normal', 'normal'],
]);
const MODE = new Set(['mode', 'modus', 'modo']);
const ON = new Set(['on', 'an', 'ein', 'einschalten', 'active', 'activer', 'activar', 'activado']);
const OFF = new Set(['off', 'aus', 'ausschalten', 'desactive', 'desactiver', 'desactivar', 'desactivado']);
const SHOW = new Set(['show', 'zeig', 'zeige', 'montre', 'muestra', 'status']);
/** Only these are removed from the end of a reason, which may end with any other small word. */
const COURTESY = new Set([
  'please',
  'pls',
  'thanks',
  'thx',
  'bitte',
  'danke',
  'merci',
  'svp',
  'por',
  'favor',
  'gracias',
  'asap',
]);

/** The command about the mode with which a message begins; `null` when it begins otherwise. */
export function modeIn(items: readonly Item[], text: string): Intent | null {
  const start = items.findIndex((item) => item.words.some((word) => isCommand(word.key)));
  if (start < 0 || !items.slice(0, start).every(isLeadIn)) return null;
  const [first, ...rest] = withoutCourtesy(items.slice(start).flatMap((item) => item.words));
  if (first === undefined) return null;
  const isQuestion = text.slice(0, CHARACTERS_READ).includes('?');
  const answer = SHOW.has(first.key)
    ? afterShow(rest)
    : MODE.has(first.key)
      ? afterMode(rest)
      : afterLevel(first, rest);
  return isQuestion && answer?.kind === 'set-mode' ? { kind: 'show-mode' } : answer;
}

function isCommand(key: string): boolean {
  return LEVELS.has(key) || MODE.has(key) || SHOW.has(key);
}

/** Politeness, "is", "which": what may stand before a command. */
function isLeadIn(item: Item): boolean {
  return item.means.has('noise') || item.means.has('greeting');
}

/** "Show mode", "status of the lockdown". */
function afterShow(rest: readonly Word[]): Intent | null {
  const last = rest.at(-1)?.key ?? '';
  return rest.length <= 3 && (MODE.has(last) || last === 'lockdown') ? { kind: 'show-mode' } : null;
}

/** "Mode", "mode elevated REASON". */
function afterMode([level, ...reason]: readonly Word[]): Intent | null {
  if (level === undefined) return { kind: 'show-mode' };
  const mode = LEVELS.get(level.key);
  return mode === undefined ? null : { kind: 'set-mode', mode, reason: reasonOf(reason) };
}

/** "Lockdown", "lockdown on REASON", "lockdown off", "elevated mode off". */
function afterLevel(level: Word, rest: readonly Word[]): Intent | null {
  const mode = LEVELS.get(level.key) ?? 'normal';
  const namesMode = MODE.has(rest[0]?.key ?? '');
  const [turn, ...reason] = namesMode ? rest.slice(1) : rest;
  if (turn === undefined) {
    if (mode !== 'normal') return { kind: 'show-mode' };
    return namesMode ? { kind: 'set-mode', mode, reason: null } : null;
  }
  if (ON.has(turn.key)) return { kind: 'set-mode', mode, reason: reasonOf(reason) };
  if (OFF.has(turn.key) && mode !== 'normal') return { kind: 'set-mode', mode: 'normal', reason: reasonOf(reason) };
  // "Lockdown now" is only half a command. The card about the mode explains the full one.
  return mode === 'lockdown' && rest.length <= 2 ? { kind: 'show-mode' } : null;
}

function withoutCourtesy(words: readonly Word[]): readonly Word[] {
  const end = words.findLastIndex((word) => !COURTESY.has(word.key));
  return words.slice(0, end + 1);
}

/** The words of the reason, without punctuation; `null` when there are none. */
function reasonOf(words: readonly Word[]): string | null {
  const text = words.map((word) => (word.possessive ? `${word.text}'s` : word.text)).join(' ');
  return text === '' ? null : text.slice(0, REASON_CHARACTERS).toWellFormed();
}
