/**
 * Phrases with what their writers meant, one file per language. A third of them is held back: it is only ever counted,
 * never listed, and neither the words nor the classifier may be tuned on it. Which third that is follows from the text
 * alone, so that nobody chooses it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One phrase. The person it is about stands in double brackets in the file. */
export interface LabeledPhrase {
  readonly language: string;
  readonly text: string;
  readonly kind: string;
  /** Whom it is about, as written; `null` when nobody, or more than one person, is named. */
  readonly who: string | null;
  readonly heldBack: boolean;
}

const FOLDER = join(import.meta.dirname, 'labeled');
const NAMED = /\[\[(.+?)\]\]/gu;

/** Every labeled phrase, in the order of the files' names. */
export function labeledPhrases(): readonly LabeledPhrase[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.toSorted().flatMap((file) => {
    const kinds = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Readonly<Record<string, readonly string[]>>;
    const language = file.replace('.json', '');
    return Object.entries(kinds).flatMap(([kind, phrases]) => phrases.map((marked) => phrase(language, kind, marked)));
  });
}

function phrase(language: string, kind: string, marked: string): LabeledPhrase {
  const named = [...marked.matchAll(NAMED)].map((found) => found[1] ?? '');
  const text = marked.replaceAll(NAMED, '$1');
  return { language, text, kind, who: named.length === 1 ? (named[0] ?? null) : null, heldBack: isHeldBack(text) };
}

/** One text in three, by its digest. */
function isHeldBack(text: string): boolean {
  return (createHash('sha256').update(text).digest()[0] ?? 0) % 3 === 0;
}
