/** The cards about checkpoints: the daily one, and the two kinds of trouble. */
import type { Cards } from '../../src/casework/ports/cards.ts';
import type { CardMessage } from '../../src/casework/ports/messenger.ts';

const LINES = [
  'hardline/5f0c2f4e-7a53-4f7e-9c39-2a1f4f3f8a10',
  '1204',
  'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
] as const;

export function checkpointCards(cards: Cards): readonly (readonly [name: string, drawn: CardMessage])[] {
  return [
    ['checkpoint.daily', cards.checkpoint({ kind: 'daily', lines: LINES })],
    ['checkpoint.late', cards.checkpoint({ kind: 'late', place: 'container' })],
    ['checkpoint.differs', cards.checkpoint({ kind: 'differs', place: 'bucket' })],
  ];
}
