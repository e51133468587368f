/**
 * A case that asked for a second person or alarmed the leads: how many were reached, and whom to call when nobody was.
 */
import type { CaseState } from '../../src/procedure/case.ts';
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import { everyState } from './example-states.ts';
import { NOW, ordinary, viewOf, type Texts } from './example-views.ts';

/** The views, by the name of the golden file. */
export function reachViews(texts: Texts = ordinary): Readonly<Record<string, CaseView>> {
  const asking = everyState(texts)['awaiting-approval'] as Extract<CaseState, { kind: 'awaiting-approval' }>;
  const because = { outcome: 'escalated', because: 'someone-else-answered', stops: [] } as const;
  const over = { kind: 'closed', at: NOW, closing: because } as const;
  const member = { name: texts('leadName', 'Ada Moreau'), number: texts('leadNumber', '+49 30 55501003') };
  const contact = texts('contact', 'Duty lead, +49 30 5550 1999');
  const none = { kind: 'not-reached', role: 'lead', why: 'nobody' } as const;
  return {
    'awaiting-approval.reached': viewOf(asking, texts, {
      reach: { kind: 'reached', role: 'approver', reached: 2, of: 3, listed: 'all' },
    }),
    'awaiting-approval.nobody-reached': viewOf(asking, texts, {
      reach: { kind: 'not-reached', role: 'approver', why: 'nobody', call: { member, contact } },
    }),
    'awaiting-approval.approvers-unread': viewOf(asking, texts, {
      reach: { kind: 'not-reached', role: 'approver', why: 'unread', call: { member: null, contact } },
    }),
    'awaiting-approval.approver-gone': viewOf({ ...asking, lastAttempt: 'approver-gone' }, texts),
    'closed.alarm-reached-some-of-many': viewOf(over, texts, {
      reach: { kind: 'reached', role: 'lead', reached: 97, of: 9990, listed: 'first-pages' },
    }),
    'closed.alarm-reached-nobody': viewOf(over, texts, { reach: { ...none, call: { member, contact: null } } }),
    'closed.nobody-to-call': viewOf(over, texts, { reach: { ...none, call: { member: null, contact: null } } }),
  };
}
