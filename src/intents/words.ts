/**
 * Splits text into words and keeps what the punctuation says about them. It reads the text once, without backtracking,
 * so a hostile message costs no more than a friendly one.
 */
import { cleaned, normalized, lettersOf } from './normalize-text.ts';

/** One word of a message. */
export interface Word {
  /** As written, cleaned, without a possessive ending. */
  readonly text: string;
  /** For comparing, with the possessive ending, so that "it's" stays the same. */
  readonly key: string;
  /** "Lena's": the word is the end of a name. */
  readonly possessive: boolean;
  /** What follows the word: nothing, a pause (comma, colon, bracket), or the end of a sentence. */
  readonly then: 'nothing' | 'pause' | 'stop';
  /** The number of the quotation that contains the word; 0 outside quotations. */
  readonly quotation: number;
  /** The word is part of a name, though it does not look like one. */
  readonly isPartOfName: boolean;
}

const QUOTES = new Set('"“”„‟«»‹›〝〞');
const PAUSES = new Set(',:;()[]{}<>|/\\=–—…');
/** Markdown's emphasis marks are ignored. */
const EMPHASIS = new Set('*~');
const STOPS = new Set('.!?\n;');
const SOLID = /[\p{L}\p{N}]/u;

interface Draft {
  text: string;
  then: Word['then'];
  quotation: number;
}

/** Reads the words of a message. Never throws. */
export function readWords(text: string): readonly Word[] {
  const drafts: Draft[] = [];
  let current = '';
  let quotation = 0;
  let quotations = 0;
  const endWord = (): void => {
    const draft = trimmed(current, quotation);
    if (draft !== null) drafts.push(draft);
    else if (current !== '') after(drafts, current);
    current = '';
  };
  const letters = lettersOf(cleaned(text));
  for (const [at, letter] of letters.entries()) {
    if (QUOTES.has(letter)) {
      endWord();
      if (quotation === 0) quotations += 1;
      quotation = quotation === 0 ? quotations : 0;
    } else if (/\s/u.test(letter)) {
      endWord();
      if (letter === '\n') after(drafts, '\n');
    } else if (EMPHASIS.has(letter)) {
      continue;
    } else if (isPause(letters, at) || (letter === '?' && SOLID.test(letters[at + 1] ?? ''))) {
      endWord();
      after(drafts, letter);
    } else {
      current += letter;
    }
  }
  endWord();
  // A quotation that is never closed does not count.
  const open = quotation;
  return joined(drafts).map((draft) =>
    wordOf(open !== 0 && draft.quotation === open ? { ...draft, quotation: 0 } : draft),
  );
}

/** A backslash between a domain and a user belongs to the word. */
function isPause(letters: readonly string[], at: number): boolean {
  const letter = letters[at] ?? '';
  const joins = letter === '\\' && SOLID.test(letters[at - 1] ?? '') && SOLID.test(letters[at + 1] ?? '');
  return PAUSES.has(letter) && !joins;
}

/** Removes signs from both ends, and remembers what they meant. `null` when nothing is left. */
function trimmed(chunk: string, quotation: number): Draft | null {
  const letters = lettersOf(chunk);
  let start = 0;
  let end = letters.length;
  while (start < end && !SOLID.test(letters[start] ?? '') && !startsLeet(letters, start)) start += 1;
  while (end > start && !SOLID.test(letters[end - 1] ?? '') && !/\p{M}/u.test(letters[end - 1] ?? '')) end -= 1;
  if (start === end) return null;
  const tail = letters.slice(end).join('');
  const text = letters.slice(start, end).join('') + (tail.startsWith("'") ? "'" : '');
  // The period after an initial does not end a sentence.
  const stops = lettersOf(tail).some((letter) => STOPS.has(letter)) && end - start > 1;
  return { text, then: stops ? 'stop' : 'nothing', quotation };
}

/** "$et": a sign at the start that stands for a letter. */
function startsLeet(letters: readonly string[], at: number): boolean {
  return letters[at] === '$' && /\p{L}/u.test(letters[at + 1] ?? '');
}

/** Punctuation on its own belongs to the word before it. */
function after(drafts: Draft[], signs: string): void {
  const last = drafts.at(-1);
  if (last === undefined || last.then === 'stop') return;
  last.then = lettersOf(signs).some((sign) => STOPS.has(sign)) ? 'stop' : 'pause';
}

/** "r e s e t" is one word: four or more single letters in a row are joined. */
function joined(drafts: readonly Draft[]): readonly Draft[] {
  const words: Draft[] = [];
  let run: Draft[] = [];
  const endRun = (): void => {
    const last = run.at(-1);
    if (last !== undefined && run.length >= 4) words.push({ ...last, text: run.map((one) => one.text).join('') });
    else words.push(...run);
    run = [];
  };
  for (const draft of drafts) {
    if (lettersOf(draft.text).length === 1 && /[\p{L}$@]/u.test(draft.text)) run.push(draft);
    else {
      endRun();
      words.push(draft);
    }
  }
  endRun();
  return words;
}

function wordOf(draft: Draft): Word {
  const { then, quotation } = draft;
  const key = normalized(draft.text);
  const possessive = /'s?$/iu.exec(draft.text);
  if (possessive === null) return { text: draft.text, key, possessive: false, then, quotation, isPartOfName: false };
  const text = draft.text.slice(0, possessive.index);
  return { text, key, possessive: true, then, quotation, isPartOfName: false };
}
