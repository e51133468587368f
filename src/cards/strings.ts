/**
 * Every text of the cards in one language. What English has, any other language must have: the compiler names what is missing.
 */
import type { english } from './locales/en/strings.ts';

/** The texts of one language. */
export type Strings = typeof english;
