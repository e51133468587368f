/**
 * Phrases with what their writers meant, one file per language. A third of them is held back: it is only ever counted,
 * never listed, and neither the words nor the classifier may be tuned on it. Which third that is follows from the text
 * alone, so that nobody chooses it.
 *
 * The phrases were written at two times. The second ones were judged once by a classifier that knew none of them, before two
 * thirds of them were learned from; the first ones stay where they are, so that figures of different versions can be compared.
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
  readonly written: 'first' | 'later';
}

const FOLDERS = { first: 'labeled', later: 'labeled-later' } as const;
const NAMED = /\[\[(.+?)\]\]/gu;

/** Every labeled phrase, in the order of the files' names. */
export function labeledPhrases(): readonly LabeledPhrase[] {
  return [...phrasesWritten('first'), ...phrasesWritten('later')];
}

function phrasesWritten(written: LabeledPhrase['written']): readonly LabeledPhrase[] {
  const folder = join(import.meta.dirname, FOLDERS[written]);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().flatMap((file) => {
    const kinds = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Readonly<Record<string, readonly string[]>>;
    const language = file.replace('.json', '');
    return Object.entries(kinds).flatMap(([kind, phrases]) =>
      phrases.map((marked) => ({ ...phrase(language, kind, marked), written })),
    );
  });
}

function phrase(language: string, kind: string, marked: string): Omit<LabeledPhrase, 'written'> {
  const named = [...marked.matchAll(NAMED)].map((found) => found[1] ?? '');
  const text = marked.replaceAll(NAMED, '$1');
  return { language, text, kind, who: named.length === 1 ? (named[0] ?? null) : null, heldBack: isHeldBack(text) };
}

/** One text in three, by its digest. */
function isHeldBack(text: string): boolean {
  return (createHash('sha256').update(text).digest()[0] ?? 0) % 3 === 0;
}
