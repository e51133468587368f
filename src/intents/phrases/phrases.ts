/**
 * What a language file contains: for each meaning, the words and phrases that carry it. A new phrasing is a new entry
 * in a language file, never a new condition in the code.
 */
import { PORTAL_ERROR_CODES, type PortalErrorCode } from '../../procedure/portal-errors.ts';

/** What a word or phrase can mean to the recognizer. Earlier meanings win where one phrase has several. */
const WORDS_MEAN = [
  /** The password itself, under any of its names. */
  'password',
  /** To reset: a request by itself, whatever it is said of. */
  'reset',
  /** To set, change, give: a request when it is said of a password. */
  'set',
  /** To tell or send: a request when it is said of a password. */
  'tell',
  /** To need or want: a request when a password follows. */
  'want',
  /** New, temporary: a request right before a password. */
  'fresh',
  /** "A new one": a password where one was spoken of. */
  'another',
  /** It, as an object. */
  'it',
  /** "To", before the words a password shall become. */
  'into',
  /** "Just do it": asks for what was refused. */
  'pressure',
  /** "Tried to", "cannot": what follows is told, not asked. */
  'failing',
  /** Cannot sign in, forgot, expired, lost the phone. */
  'locked',
  /** Second factors and devices: their loss is a lockout, not a password. */
  'factor',
  /** The self-service link or page. */
  'link',
  /** "To", "so that": begins what a link is for. */
  'purpose',
  /** "How", "explain". */
  'ask',
  /** "What is": a question for knowledge, or for the password itself. */
  'what-is',
  /** "Works", "procedure": makes a question one about the rules. */
  'works',
  'help',
  'cases',
  'case',
  'start',
  'log',
  'greeting',
  'and',
  /** "Do not". */
  'negation',
  /** Comes right before a name: for, of. */
  'for',
  /** Small words inside of names: von, de la. */
  'particle',
  /** Politeness, articles, pronouns: never part of a name. */
  'noise',
  /** A numbered error of Microsoft's reset page. */
  'portal-code',
] as const;

/** A text of Microsoft's pages, by family. */
type PortalText = Exclude<PortalErrorCode, `SSPR_${string}`>;

/** One of the meanings. */
export type Meaning = (typeof WORDS_MEAN)[number] | PortalText;

/** All of them. */
export const MEANINGS: readonly Meaning[] = [
  ...WORDS_MEAN,
  ...PORTAL_ERROR_CODES.filter((code): code is PortalText => !code.startsWith('SSPR_')),
];

/** One language: a comma-separated list for each meaning it has words for. */
export type Phrases = Readonly<Partial<Record<Meaning, string>>>;
