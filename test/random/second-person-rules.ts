/**
 * The rules about second persons and contacts once more, apart from the procedure: read from what the ledger wrote, entry by entry.
 */
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { Case } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import type { Kept } from '../casework/audit-log.ts';
import { DAY, MINUTE } from '../casework/fixtures.ts';

/** What is wrong with an order: somebody who had to agree did not, or counted twice. */
export function wrongWithSecondPersons(
  kept: readonly Kept[],
  { id, caller, technician }: Pick<Case, 'id' | 'caller' | 'technician'>,
  truth: GraphFacts,
  at: Instant,
): readonly string[] {
  const asked = kept.findLastIndex(({ code, caseId }) => code === 'snapshot.read.intent' && caseId === id);
  const known = kept.slice(0, asked + 1);
  const no = known.some(({ code, about, at: when }) => /^no[.]/.test(code) && about === caller && at - when < DAY);
  const needed = known.some(({ code, caseId }) => code === 'approval.ask.intent' && caseId === id);
  const ofCase = kept.filter(({ caseId }) => caseId === id);
  const proven = ofCase.findLastIndex(({ code }) => PROOFS.has(code));
  const yes = ofCase
    .slice(proven)
    .filter(({ code, detail, at: when }) => code === DECIDED && detail['approved'] === true && at - when <= 15 * MINUTE)
    .filter(({ actor }) => actor !== technician && actor !== caller);
  const people = new Set(yes.map(({ actor }) => actor)).size;
  const byLead = yes.some(({ detail: { roles } }) => Array.isArray(roles) && roles.includes('lead'));
  const { groups } = truth;
  const helpdesk = groups.kind === 'read' && groups.value.inHelpdeskGroup;
  return [
    ...(no && (people < 2 || !byLead) ? ['I4: after a "no", without a lead and somebody else'] : []),
    ...(helpdesk && !byLead ? ['I4: a helpdesk account without a lead'] : []),
    ...(needed && people < 1 ? ['I4: a second person was asked in this case and never agreed'] : []),
  ];
}

const DECIDED = 'case.approval-decided';
const PROOFS = new Set(['case.callback-recorded', 'case.seen-in-person', 'case.manager-answered']);
const CONTACTS = new Set(['case.opened', 'case.asked-about', 'request.refused']);

/** How many calls about a caller there were before this one, in a day. */
export function otherCallsAbout(
  kept: readonly Kept[],
  { caller, technician, id }: { readonly caller: PersonId; readonly technician: PersonId; readonly id: Case['id'] },
  at: Instant,
): number {
  const contacts = kept.filter((entry) => CONTACTS.has(entry.code) && entry.about === caller && at - entry.at <= DAY);
  let calls = 0;
  for (const actor of new Set(contacts.map((entry) => entry.actor))) {
    const byCase = new Map<number, number>();
    let loose: { readonly call: number; readonly at: number } | null = null;
    for (const entry of contacts.filter((one) => one.actor === actor)) {
      const near: number | null = loose !== null && entry.at - loose.at <= 15 * MINUTE ? loose.call : null;
      if (entry.caseId === null) loose = { call: near ?? (calls += 1), at: entry.at };
      else if (!byCase.has(entry.caseId)) {
        byCase.set(entry.caseId, near ?? (calls += 1));
        if (near !== null) loose = null;
      }
    }
    if (actor !== technician) continue;
    // What belongs to the call that is being worked on is no earlier one.
    if (byCase.has(id)) calls -= 1;
    if (loose !== null && at - loose.at <= 15 * MINUTE) calls -= 1;
  }
  return calls;
}
