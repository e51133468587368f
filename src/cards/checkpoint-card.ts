/**
 * The card about checkpoints of the ledger, for the leads. It holds no personal data: where the ledger ends, or which place has trouble.
 */
import type { CheckpointCard } from '../casework/ports/checkpoints.ts';
import { plainHead } from './answer-cards.ts';
import type { Strings } from './strings.ts';
import type { CardFields } from './templates.ts';

/** The fields of `checkpoint`. */
export function checkpointFields(view: CheckpointCard, strings: Strings): CardFields {
  const { checkpoints } = strings;
  if (view.kind === 'daily') {
    const { headline, lead, next } = checkpoints.daily;
    const lines = view.lines.map((text) => ({ text }));
    return { ...plainHead(null, {}, { headline, tone: 'accent' }, strings), lead, next, hasLines: true, lines };
  }
  const { headline, lead, next } = checkpoints[view.kind];
  const tone = view.kind === 'late' ? 'warning' : 'attention';
  return {
    ...plainHead(null, {}, { headline, tone }, strings),
    lead: lead(checkpoints.places[view.place]),
    next,
    hasLines: false,
    lines: [],
  };
}
