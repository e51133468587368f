/** The card of the mode: for leads and for others, with living passes, and with what came of telling the leads. */
import type { Cards } from '../../src/casework/ports/cards.ts';
import type { CardMessage } from '../../src/casework/ports/messenger.ts';
import { livingPasses } from './example-passes.ts';
import { ago, NOW, type Texts } from './example-views.ts';

/** The mode as a lead, as anybody, and as the bot itself set it. */
export function modeCards(cards: Cards, texts: Texts): readonly (readonly [name: string, drawn: CardMessage])[] {
  const view = {
    since: ago(40),
    byName: texts('leadName', 'Ada Moreau'),
    reason: texts('modeReason', 'Many strange calls this morning'),
    spike: false,
    mayChange: true,
    passes: null,
    takenBack: null,
    notice: null,
    now: NOW,
    timeZone: 'UTC',
  };
  return [
    ['mode.normal', cards.mode({ ...view, mode: 'normal', since: null, byName: null, reason: '' })],
    ['mode.elevated', cards.mode({ ...view, mode: 'elevated', byName: null, spike: true })],
    ['mode.lockdown', cards.mode({ ...view, mode: 'lockdown', passes: [] })],
    ['mode.living-passes', cards.mode({ ...view, mode: 'lockdown', passes: livingPasses(texts) })],
    [
      'mode.taken-back',
      cards.mode({ ...view, mode: 'lockdown', passes: livingPasses(texts).slice(1), takenBack: { done: 1, of: 1 } }),
    ],
    [
      'mode.leads-told',
      cards.mode({ ...view, mode: 'elevated', notice: { kind: 'reached', reached: 2, of: 3, listed: 'all' } }),
    ],
    [
      'mode.no-lead-told',
      cards.mode({ ...view, mode: 'lockdown', passes: [], notice: { kind: 'not-reached', why: 'nobody' } }),
    ],
    ['mode.read-only', cards.mode({ ...view, mode: 'lockdown', mayChange: false })],
  ];
}
