/**
 * A "no" to a pass: which steps are one, and how a case knows of it. It sticks to the caller, not to the case: the ledger has an
 * entry of its own for each, from which the facts of every later case are read.
 */
import type { CaseEvent } from './events.ts';
import type { CallerFacts, EarlierNo, NoKind } from './facts.ts';

/** The "no" that this event is, when it was taken; `null` when it is none. "This was not me" is a stop of its own. */
export function noIn(event: CaseEvent): NoKind | null {
  switch (event.kind) {
    case 'approval-decided':
      return event.approved ? null : 'approval-denied';
    case 'manager-answered':
      return event.speakingNow ? null : 'manager-declined';
    case 'callback-recorded':
      return event.outcome === 'answered-by-someone-else' ? 'someone-else-answered' : null;
    default:
      return null;
  }
}

/** The facts with a "no" of this moment, for a case that goes on. A history that is unread stays so, and will tell when it is read. */
export function withNo(facts: CallerFacts, no: EarlierNo): CallerFacts {
  const { history } = facts;
  if (history.kind !== 'read') return facts;
  const noes = [no, ...history.value.noes.filter(({ kind }) => kind !== no.kind)];
  return { ...facts, history: { kind: 'read', value: { ...history.value, noes } } };
}
