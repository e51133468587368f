/**
 * What the leads read when the ledger cannot be written, and when it can again.
 */
import type { LedgerOutageView } from '../casework/ports/message-views.ts';
import { plainHead } from './answer-cards.ts';
import { leftBehindFields } from './left-behind-lines.ts';
import type { Strings } from './strings.ts';
import type { CardFields } from './templates.ts';

/** The fields of `confirmation`, for this message. */
export function outageFields(view: LedgerOutageView, strings: Strings): CardFields {
  const { began, over } = strings.outage;
  const head =
    view.kind === 'began'
      ? ({ headline: began.what, tone: 'attention' } as const)
      : ({ headline: over.what, tone: 'good' } as const);
  const next = view.kind === 'began' ? began.next : over.next(Math.ceil(view.seconds / 60), view.unrecorded);
  return {
    ...plainHead(null, strings.cards.confirmation, head, strings),
    next,
    hasLink: false,
    link: '',
    steps: [],
    ...leftBehindFields(null, strings),
  };
}
