/**
 * States in which second persons are asked, and views of a caller about whom somebody said no.
 */
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import type { CaseState } from '../../src/procedure/case.ts';
import { ago, APPROVER, ordinary, PROOF, viewOf, type Texts } from './example-views.ts';

/** Waiting for one person, and for one more. The key is the name of the golden file. */
export function waitingForSecondPersons(texts: Texts = ordinary) {
  return {
    'awaiting-approval': {
      kind: 'awaiting-approval',
      lastAttempt: null,
      proof: { kind: 'in-person', place: texts('place', 'Reception'), at: ago(1) },
      reasons: ['proof-not-by-callback', 'vip'],
      needs: 'approver',
      approvals: [],
      subject: 'subject',
      since: ago(1),
    },
    'awaiting-approval.one-more': {
      kind: 'awaiting-approval',
      lastAttempt: null,
      proof: PROOF,
      reasons: ['earlier-no'],
      needs: 'lead-and-another',
      approvals: [{ by: APPROVER, as: 'approver', at: ago(1), subject: 'subject' }],
      subject: 'subject',
      since: ago(2),
    },
  } as const satisfies Readonly<Record<string, CaseState>>;
}

/** The choice of a proof, and a case that is ready, after each kind of "no". */
export function viewsAfterNoes(texts: Texts = ordinary): Readonly<Record<string, CaseView>> {
  const change: Partial<CaseView> = {
    noes: [
      { kind: 'manager-declined', at: ago(5) },
      { kind: 'approval-denied', at: ago(90) },
      { kind: 'someone-else-answered', at: ago(600) },
    ],
    risks: ['earlier-no'],
  };
  return {
    'choosing-proof.after-no': viewOf({ kind: 'choosing-proof', lastAttempt: null }, texts, change),
    'ready-to-issue.after-no': viewOf(
      { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null },
      texts,
      change,
    ),
  };
}
