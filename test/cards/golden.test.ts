// Every card as it was when a person last looked at it. Look at a change before you write it with UPDATE_GOLDEN=1.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { AdaptiveCard } from '../../src/casework/ports/messenger.ts';
import { cardText } from './card-text.ts';
import { everyCard } from './every-card.ts';
import { assertGolden, assertSameFiles, updateGolden, WHOLE_CARDS } from './golden-files.ts';

const folder = join(import.meta.dirname, 'golden');
const drawn = everyCard(loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en'));
await updateGolden(folder, drawn);

describe('The cards people have looked at', () => {
  for (const one of drawn) {
    it(`have not changed unseen: ${one.name}`, () => assertGolden(folder, one));
  }

  it('are all still drawn', () => {
    assertSameFiles(folder, drawn);
    const names = drawn.map(({ name }) => name);
    assert.deepEqual(
      WHOLE_CARDS.filter((name) => !names.includes(name)),
      [],
    );
  });
});

describe('A card as text', () => {
  const body = (...items: readonly object[]): AdaptiveCard => ({
    type: 'AdaptiveCard',
    fallbackText: 'note',
    body: items,
  });
  const run = (change: object): AdaptiveCard =>
    body({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: ' seen', ...change }] });

  it('shows everything that data can change: text, color, weight, font, style, choices, buttons', () => {
    const container = (style: string) =>
      body({ type: 'Container', style, items: [{ type: 'TextBlock', text: 'seen' }] });
    const choices = (value: string, more: object = {}) =>
      body({
        ...{ type: 'Input.ChoiceSet', id: 'place', label: 'Where?', value, style: 'expanded', ...more },
        choices: [{ title: 'Reception', value: 'reception' }],
      });
    const button = (change: object) =>
      body({
        type: 'ActionSet',
        actions: [{ type: 'Action.Execute', title: 'Go', verb: 'done', data: { verb: 'done', v: 1 }, ...change }],
      });
    const variants = [
      ...[
        run({}),
        run({ color: 'good' }),
        run({ weight: 'bolder' }),
        run({ fontType: 'Monospace' }),
        run({ text: 'x' }),
      ],
      ...[container('good'), container('warning'), choices(''), choices('reception')],
      ...[choices('', { isRequired: true }), choices('', { isMultiSelect: true }), choices('', { label: 'Why?' })],
      ...[button({}), button({ style: 'positive' }), button({ associatedInputs: 'none' }), button({ title: 'Stop' })],
      ...[button({ data: { verb: 'done', v: 2 } }), button({ verb: 'go-back' })],
    ];
    const texts = variants.map(cardText);
    assert.equal(new Set(texts).size, texts.length, texts.join('\n'));
    assert.equal(texts[1], 'notification: note\n {good:seen}\n');
  });

  it('is refused for anything it could not show', () => {
    assert.throws(() => cardText(body({ type: 'FactSet' })), /cannot show FactSet/);
    assert.throws(() => cardText(body({ type: 'TextBlock', text: 'x', isVisible: false })), /cannot show isVisible/);
    assert.throws(() => cardText(run({ italic: true })), /cannot show italic of TextRun/);
  });
});
