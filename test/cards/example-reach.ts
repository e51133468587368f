/** Views of cases that had to reach somebody: with figures, with nobody reached, and with a group that could not be read. */
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import type { CaseState } from '../../src/procedure/case.ts';
import { NOW, viewOf, type Texts } from './example-views.ts';

/** Views of whom a case asked or alarmed, and whom it did not reach. */
export function reachViews(
  states: Readonly<Record<string, CaseState>>,
  texts: Texts,
): Readonly<Record<string, CaseView>> {
  const asking = states['awaiting-approval'] as CaseState;
  const because = { outcome: 'escalated', because: 'someone-else-answered', stops: [] } as const;
  const over = { kind: 'closed', at: NOW, closing: because } as const;
  const member = { name: texts('leadName', 'Ada Moreau'), number: texts('leadNumber', '+49 30 55501003') };
  const contact = texts('contact', 'Duty lead, +49 30 5550 1999');
  const none = { kind: 'not-reached', role: 'lead', why: 'nobody' } as const;
  return {
    'awaiting-approval.reached': viewOf(asking, texts, {
      reach: { kind: 'reached', role: 'approver', reached: 2, of: 3 },
    }),
    'awaiting-approval.nobody-reached': viewOf(asking, texts, {
      reach: { kind: 'not-reached', role: 'approver', why: 'nobody', call: { member, contact } },
    }),
    'awaiting-approval.approvers-unread': viewOf(asking, texts, {
      reach: { kind: 'not-reached', role: 'approver', why: 'unread', call: { member: null, contact } },
    }),
    'closed.alarm-reached-nobody': viewOf(over, texts, { reach: { ...none, call: { member, contact: null } } }),
    'closed.nobody-to-call': viewOf(over, texts, { reach: { ...none, call: { member: null, contact: null } } }),
  };
}
