/**
 * The languages the cards speak. A second language is a folder beside locales/en and a line here.
 */
import { english } from './locales/en/strings.ts';
import type { Strings } from './strings.ts';

/** The texts by language: two letters, lower case. */
export type Locales = Readonly<Record<string, Strings>>;

/** Every language there is. */
export const LOCALES: Locales = { en: english };

/** The texts of a language; English where there are none. */
export function stringsIn(language: string, locales: Locales = LOCALES): Strings {
  return (Object.hasOwn(locales, language) ? locales[language] : undefined) ?? english;
}
