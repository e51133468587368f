/**
 * A second language, planted for tests: every English text between « and », so that a test sees where a text came from.
 */
import { english } from '../../src/cards/locales/en/strings.ts';
import { LOCALES, type Locales } from '../../src/cards/locales.ts';
import type { Strings } from '../../src/cards/strings.ts';

/** How a text of the planted language begins. */
export const MARK = '«';

/** The planted language. Its name for Intl stays English: there is no Intl for it. */
const planted: Strings = { ...(marked(english) as Strings), time: { ...english.time, justNow: '«just now»' } };

/** English, and the planted language as `xx`. */
export const WITH_PLANTED: Locales = { ...LOCALES, xx: planted };

function marked(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : `${MARK}${value}»`;
  if (typeof value === 'function')
    return (...given: unknown[]) => marked((value as (...all: unknown[]) => unknown)(...given));
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
}
