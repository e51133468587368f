import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import { readTemplates, TEMPLATE_NAMES } from '../../src/cards/templates.ts';
import type { AdaptiveCard } from '../../src/casework/ports/messenger.ts';
import { filesIn } from '../fences/tree.ts';
import { everyCard } from './every-card.ts';
import type { Texts } from './example-views.ts';
import { lint } from './lint.ts';
import { WITH_PLANTED } from './planted-language.ts';

const folder = join(import.meta.dirname, '../../adaptive-cards');
const cards = loadCards(folder, WITH_PLANTED);

/** Times come from Intl, places from the policy file, and a checkpoint from the ledger; the others are the same in every language. */
const SAME_EVERYWHERE =
  /\d+ (?:minute|hour|day|month|year)s?(?: ago)?|yesterday|\d\d:\d\d UTC|Nov \d+|SSPR_\d+|aka\.ms\/\w+|https:\/\/\S+|…[0-9a-f]{6}|x\.unknown|ref-1234|W\+d9K0xO|W\+d9|K0xO|Service desk counter|Reception|hardline\/[\da-f-]{36}|[\w+/]{43}=/g;
/** Everything somebody wrote who is not us: between ‹ and ›. */
const theirs: Texts = (_field, text) => `‹${text}›`;

/** What is left of a text without our strings and without text of people. */
function unmarked(text: string): string {
  let left = text;
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replace(/«[^«»‹›]*»|‹[^«»‹›]*›/g, '');
  }
  return left.replace(SAME_EVERYWHERE, '');
}

function textsOf(card: AdaptiveCard): readonly string[] {
  const found: string[] = [];
  JSON.stringify(card, (key, value: unknown) => {
    if (['text', 'title', 'label', 'errorMessage', 'fallbackText'].includes(key) && typeof value === 'string')
      found.push(value);
    return value;
  });
  return found;
}

describe('A second language', () => {
  it('is nothing but a set of strings: no card of any kind holds an English word of its own', () => {
    for (const { name, card } of everyCard(cards.in('xx'), theirs))
      for (const text of textsOf(card)) assert.doesNotMatch(unmarked(text), /\p{L}/u, `${name}: ${text}`);
  });

  it('is drawn beside English by the same templates, and keeps the rules of a card', () => {
    for (const one of everyCard(cards.in('xx'))) assert.deepEqual(lint(one.card), [], one.name);
    assert.match(cards.in('xx').welcome().summary, /^«/);
    assert.equal(cards.in('en').welcome().summary, english.cards.welcome.headline);
  });

  it('that does not exist is answered in English', () => {
    for (const language of ['qq', '', 'constructor', 'EN']) assert.equal(cards.in(language), cards.in('en'), language);
  });
});

describe('The strings of a card', () => {
  const code = filesIn(['src/cards'], /\.ts$/).map(({ text }) => text);
  const inCode = (pattern: RegExp): boolean => code.some((text) => pattern.test(text));

  it('are all shown somewhere: none is left over from an older card', () => {
    const templates = readTemplates(folder);
    const used = new Set(
      TEMPLATE_NAMES.flatMap((name) =>
        [...JSON.stringify(templates.get(name)).matchAll(/strings\.(\w+)/g)].map(([, key = '']) => `${name}.${key}`),
      ),
    );
    const shared = new Set([...used].map((path) => path.split('.')[1]));
    const own = Object.entries(english.cards).flatMap(([name, texts]) => Object.keys(texts).map((key) => [name, key]));
    // What several templates share may be left out by one of them.
    const several = (key: string): boolean => own.filter(([, other]) => other === key).length > 1 && shared.has(key);
    const leftOver = own.filter(
      ([name = '', key = '']) =>
        !used.has(`${name}.${key}`) && !several(key) && !inCode(new RegExp(`cardStrings\\.${key}\\b`)),
    );
    assert.deepEqual(leftOver, []);
    for (const group of ['rowLabels', 'values', 'phrases'] as const)
      for (const key of Object.keys(english[group]))
        assert.ok(inCode(new RegExp(`\\b${key}\\b(?!:)`)), `${group}.${key}`);
  });
});
