/**
 * What a language file contains: for each meaning, the words and phrases that carry it. A new phrasing is a new entry
 * in a language file, never a new condition in the code.
 */
import { PORTAL_ERROR_CODES, type PortalErrorCode } from '../../procedure/portal-errors.ts';

/** What a word or phrase can mean to the recognizer. */
const WORDS_MEAN = [
  /** The password itself, under any of its names. */
  'password',
  /** To reset: a request on its own, whatever it refers to. */
  'reset',
  /** To set, change, give: a request when it refers to a password. */
  'set',
  /** To tell or send: a request when it refers to a password. */
  'tell',
  /** To need or want: a request when a password follows. */
  'want',
  /** New, temporary: a request right before a password. */
  'fresh',
  /** "A new one": a password, if one was mentioned. */
  'another',
  /** It, as an object. */
  'it',
  /** "To", before the text of a new password. */
  'into',
  /** "Just do it": asks again for what was refused. */
  'pressure',
  /** "Tried to", "cannot": what follows is a report, not a request. */
  'failing',
  /** Cannot sign in, forgot, expired, lost the phone. */
  'locked',
  /** Second factors and devices: losing one is a lockout, not a request for a password. */
  'factor',
  /** The self-service link or page. */
  'link',
  /** "To", "so that": what a link is for comes next. */
  'purpose',
  /** "How", "explain". */
  'ask',
  /** "What is": a question for knowledge, or for the password itself. */
  'what-is',
  /** "Works", "procedure": the question is about the rules. */
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
  /** Stands right before a name: for, of. */
  'for',
  /** Small words inside names: von, de la. */
  'particle',
  /** Politeness, articles, pronouns: never part of a name. */
  'noise',
  /** A numbered error of Microsoft's reset page. */
  'portal-code',
] as const;

/** A group of texts on Microsoft's pages. */
type PortalText = Exclude<PortalErrorCode, `SSPR_${string}`>;

/** One of the meanings. */
export type Meaning = (typeof WORDS_MEAN)[number] | PortalText;

/** All of them. */
export const MEANINGS: readonly Meaning[] = [
  ...WORDS_MEAN,
  ...PORTAL_ERROR_CODES.filter((code): code is PortalText => !code.startsWith('SSPR_')),
];

/** One language: for each meaning, a comma-separated list of its words. */
export type Phrases = Readonly<Partial<Record<Meaning, string>>>;

/** What stands on Microsoft's pages, as opposed to what people say. */
export const PORTAL_MEANINGS: readonly Meaning[] = MEANINGS.filter(
  (meaning) => meaning === 'portal-code' || !WORDS_MEAN.some((known) => known === meaning),
);
