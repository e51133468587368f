/**
 * Does this message ask somebody to set, change or tell a password? This is checked before anything else. When in
 * doubt the answer is yes: a needless refusal costs one click, because it offers the lockout procedure, but a missed
 * request would be neither refused nor counted.
 */
import type { Item } from './lexicon.ts';
import type { Meaning } from './phrases/phrases.ts';
import { isMadeUp, namesSomebody } from './extract-person.ts';

/** A word with one of these meanings, between a verb and a password, changes the subject. */
const CHANGES_THE_SUBJECT: readonly Meaning[] = [
  'locked',
  'case',
  'cases',
  'link',
  'help',
  'works',
  'start',
  'factor',
  'log',
];
/** How many items a verb can refer to. The limit keeps the work proportional to the length of the message. */
const REACH = 20;

/** True when the message asks, in whatever words, for a manual reset. */
export function asksForManualReset(all: readonly Item[]): boolean {
  if (all.some((item) => item.means.has('pressure'))) return true;
  if (asksAboutTheRules(all)) return false;
  const items = withoutPurposeOfLinks(all);
  const passwordMentioned = items.some((item) => item.means.has('password'));
  return items.some((item, at) => {
    if (item.means.has('password') && restOfSentence(items, at).some(isMadeUpItem)) return true;
    const isReported = items[nearest(items, at, -1)]?.means.has('failing') === true;
    if (item.means.has('reset')) return !isReported && (passwordMentioned || !isAboutFactors(items, at));
    if (isReported) return false;
    if (item.means.has('set') && (governsPassword(items, at, true) || makesIt(items, at, passwordMentioned)))
      return true;
    if (item.means.has('want') && passwordMentioned && asksForAnother(items, at)) return true;
    if (item.means.has('want') || item.means.has('tell') || item.means.has('what-is')) {
      if (governsPassword(items, at, false)) return true;
    }
    return item.means.has('fresh') && freshPassword(items, at);
  });
}

/** "How does the password procedure work?" is a question about the rules, as long as nobody is named. */
function asksAboutTheRules(items: readonly Item[]): boolean {
  const asks = items.some((item) => item.means.has('ask') || item.means.has('what-is'));
  return asks && items.some((item) => item.means.has('works')) && !namesSomebody(items);
}

/** In "the password reset link" and "a link so that she can reset it" the caller does the reset, which is fine. */
function withoutPurposeOfLinks(items: readonly Item[]): readonly Item[] {
  const kept: Item[] = [];
  let inside = false;
  for (const [at, item] of items.entries()) {
    if (item.means.has('link')) {
      while (isPartOfLink(kept.at(-1))) kept.pop();
      inside = items[at + 1]?.means.has('purpose') === true && item.then === 'nothing';
    } else if (item.means.has('and')) inside = false;
    if (!inside || item.means.has('link')) kept.push(item);
    if (item.then !== 'nothing') inside = false;
  }
  return kept;
}

function isPartOfLink(item: Item | undefined): boolean {
  if (item === undefined || item.then !== 'nothing') return false;
  return item.means.has('password') || (item.means.has('reset') && item.words.length <= 2);
}

/** "Reset her authenticator" is about a second factor: a lockout, unless a password is mentioned. */
function isAboutFactors(items: readonly Item[], at: number): boolean {
  return restOfSentence(items, at).some((item) => item.means.has('factor'));
}

/**
 * True when a verb refers to a password, with nothing between them that changes the subject. Backwards (German puts the
 * verb last), a pause or an "and" ends the search as well.
 */
function governsPassword(items: readonly Item[], at: number, backwards: boolean): boolean {
  for (let next = at + 1; next <= at + REACH && items[next - 1]?.then !== 'stop'; next += 1) {
    const item = items[next];
    if (item === undefined || changesTheSubject(item)) break;
    if (item.means.has('password')) return backwards || !isLost(items, next);
  }
  for (let before = at - 1; backwards && before >= at - REACH; before -= 1) {
    const item = items[before];
    if (item === undefined || item.then !== 'nothing' || changesTheSubject(item) || item.means.has('and')) break;
    if (item.means.has('password')) return true;
  }
  return false;
}

function changesTheSubject(item: Item): boolean {
  if (item.means.has('password') || item.means.has('noise')) return false;
  return CHANGES_THE_SUBJECT.some((meaning) => item.means.has(meaning));
}

/** "Her password has expired", "password help": about a password, but not a request for one. */
function isLost(items: readonly Item[], at: number): boolean {
  if (items[at]?.then !== 'nothing') return false;
  const after = items[nearest(items, at, 1)];
  return after !== undefined && changesTheSubject(after);
}

/** "Make it Welcome123", "change it to Sunshine", and "change it" where a password is mentioned. */
function makesIt(items: readonly Item[], at: number, passwordMentioned: boolean): boolean {
  const object = items[at + 1];
  if (items[at]?.then !== 'nothing' || object === undefined) return false;
  if (passwordMentioned && asksForAnother(items, at)) return true;
  if (becomesMadeUp(restOfSentence(items, at))) return true;
  if (!object.means.has('it')) return false;
  const becomes = items[at + 2]?.means.has('into') === true && items[at + 3]?.means.size === 0;
  return passwordMentioned || becomes || isMadeUpNext(items, at + 1);
}

/** "Set Lena Hartmann to Welcome123" is about a password, even without the word. */
function becomesMadeUp(items: readonly Item[]): boolean {
  return items.some((item, at) => isMadeUpItem(item) && items[at - 1]?.means.has('into') === true);
}

/** "She needs a new one". */
function asksForAnother(items: readonly Item[], at: number): boolean {
  return restOfSentence(items, at).some((item) => item.means.has('another'));
}

/** "New password", or in the order of another language: "contraseña nueva". */
function freshPassword(items: readonly Item[], at: number): boolean {
  const before = items[at - 1];
  if (before?.means.has('password') === true && before.then === 'nothing') return !isLost(items, at);
  const next = nearest(items, at, 1);
  if (items[next]?.means.has('password') !== true || items[at]?.then !== 'nothing') return false;
  return !isLost(items, next);
}

function isMadeUpNext(items: readonly Item[], at: number): boolean {
  return items.slice(at + 1, at + 4).some(isMadeUpItem);
}

function isMadeUpItem(item: Item): boolean {
  return item.means.size === 0 && item.words.some(isMadeUp);
}

/** From `at` to the end of its sentence, as far as a verb can refer. */
function restOfSentence(items: readonly Item[], at: number): readonly Item[] {
  const near = items.slice(at, at + REACH);
  const end = near.findIndex((item) => item.then === 'stop');
  return end < 0 ? near : near.slice(0, end + 1);
}

/** The index of the nearest item that is more than politeness; -1 when there is none within six. */
function nearest(items: readonly Item[], at: number, step: 1 | -1): number {
  for (let far = 1; far <= 6; far += 1) {
    const item = items[at + far * step];
    if (item === undefined) return -1;
    const small = item.means.has('noise') || (item.means.has('fresh') && step === 1);
    if (!small || item.means.has('locked') || item.means.has('failing')) return at + far * step;
  }
  return -1;
}
