/**
 * Who has to agree before a pass, over random days of several cases about one caller, worked by two technicians. What is asked of
 * every order is written here anew, from what happened: who pressed what, with which roles, and who said no.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Approval, Case } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, EarlierNo, Instant, PersonId } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { noIn } from '../../src/procedure/noes.ts';
import { riskReasonsFor } from '../../src/procedure/risk.ts';
import { agreesAs, rolesAsked, stillNeeded } from '../../src/procedure/second-persons.ts';
import { fitTo, natural, randomRun, usualRun } from './model.ts';
import { APPROVER, CALLER, COLLEAGUE, LEAD, MINUTE, NOW, POLICY, TECHNICIAN } from './people.ts';
import { facts } from './random-facts.ts';

interface Pressed {
  readonly by: PersonId;
  readonly lead: boolean;
}

/** What happened in one case, beside what the case knows. */
interface Seen {
  /** Those who said yes to the question that is open, or that led to *Issue*. */
  yes: Pressed[];
  /** Second persons were asked in this case. */
  asked: boolean;
}

const DAY = 24 * 60 * MINUTE;

/** The facts as they would be read now: the history tells of every "no" so far. */
function withTruth(read: CallerFacts, noes: readonly EarlierNo[], now: Instant): CallerFacts {
  const { history, groups } = read;
  if (history.kind !== 'read') return { ...read, readAt: now };
  const latest = noes.filter(({ at }) => now - at < DAY);
  return { ...read, readAt: now, groups, history: { kind: 'read', value: { ...history.value, noes: latest } } };
}

const oneCase = fc.record({
  technician: fc.constantFrom(TECHNICIAN, COLLEAGUE),
  first: facts,
  events: fc.oneof(usualRun, randomRun),
});
/** What the ledger knows already: nothing, or a "no" that still counts, or one that does not any more. */
const yesterday = fc
  .constantFrom<readonly number[]>([], [], [3], [25])
  .map((hours) => hours.map((one) => ({ kind: 'approval-denied', at: (NOW - one * 60 * MINUTE) as Instant }) as const));
const days = fc.array(oneCase, { minLength: 1, maxLength: 4 });

describe('Before a pass is ordered', () => {
  it('everybody has agreed who has to, whatever was tried before, in this case and in those before it', () => {
    const ordered = { alone: 0, approver: 0, lead: 0, both: 0, afterNo: 0 };
    fc.assert(
      fc.property(days, yesterday, (cases, earlier) => {
        const noes: EarlierNo[] = [...earlier];
        let now = NOW;
        for (const { technician, first, events } of cases) {
          const snapshot = { kind: 'snapshot-read', by: technician, facts: withTruth(first, noes, now) } as const;
          let at: Case = { ...openCase(CALLER, snapshot, POLICY, now).draft, id: 1 as Case['id'] };
          const seen: Seen = { yes: [], asked: false };
          for (const { event: drawn, natural: usual, waitMinutes } of events) {
            now = (now + waitMinutes * MINUTE) as Instant;
            const fitted = fitTo(at, usual ? natural(at, drawn) : drawn, now);
            const event = 'facts' in fitted ? { ...fitted, facts: withTruth(fitted.facts, noes, now) } : fitted;
            const before = at;
            const result = step(before, event, POLICY, now);
            if (result.kind === 'refused') at = result.keep ?? at;
            if (result.kind !== 'moved') continue;
            at = result.case;
            if (result.effects.some(({ kind }) => kind === 'create-pass')) check(before, at, seen, noes, now);
            watch(event, before, at, seen, noes, now);
          }
          // The next call comes later the same day, whatever became of this one.
          now = (now + 30 * MINUTE) as Instant;
        }
      }),
      { numRuns: 3000 },
    );

    for (const [what, count] of Object.entries(ordered)) assert.ok(count > 10, `${what}: only ${count} orders`);

    function check(before: Case, issuing: Case, seen: Seen, earlier: readonly EarlierNo[], at: Instant): void {
      assert.ok(before.state.kind === 'ready-to-issue');
      const { proof } = before.state;
      const excluded = [issuing.technician, issuing.caller, ...(proof.kind === 'manager' ? [proof.manager] : [])];
      const yes = seen.yes.filter(({ by }) => !excluded.includes(by));
      const people = new Set(yes.map(({ by }) => by)).size;
      const leads = yes.filter(({ lead }) => lead).length;
      const { groups } = issuing.facts;
      const helpdesk = groups.kind === 'read' && groups.value.inHelpdeskGroup;
      const no = earlier.some((one) => at - one.at < DAY);
      if (no) assert.ok(people >= 2 && leads >= 1, 'a "no" was forgotten');
      if (helpdesk) assert.ok(leads >= 1, 'no lead agreed about somebody of the helpdesk');
      if (seen.asked) assert.ok(people >= 1, 'a second person was asked, and went missing');
      const reasons = riskReasonsFor(issuing.facts, proof, POLICY, at);
      if (reasons.length > 0) assert.ok(people >= 1, `alone, although ${reasons.join()}`);
      if (no) ordered.afterNo += 1;
      if (people === 0) ordered.alone += 1;
      else if (no) ordered.both += 1;
      else if (helpdesk) ordered.lead += 1;
      else ordered.approver += 1;
    }
  }).timeout(60_000);

  /** Writes down what happened, apart from what the procedure keeps of it. */
  function watch(event: CaseEvent, before: Case, at: Case, seen: Seen, noes: EarlierNo[], now: Instant): void {
    const no = noIn(event);
    if (no !== null) noes.unshift({ kind: no, at: now });
    if (event.kind === 'approval-decided' && event.approved) {
      seen.yes.push({ by: event.by, lead: event.roles.includes('lead') });
    } else if (at.state.kind === 'choosing-proof' || asksAnother(before, at)) seen.yes = [];
    if (at.state.kind === 'awaiting-approval') seen.asked = true;
  }

  function asksAnother(before: Case, at: Case): boolean {
    if (at.state.kind !== 'awaiting-approval') return false;
    return before.state.kind !== 'awaiting-approval' || before.state.subject !== at.state.subject;
  }
});

describe('Those who still have to agree', () => {
  const yes = (by: PersonId, as: Approval['as']): Approval => ({ by, as, at: NOW, subject: 's' });
  const byApprover = yes(APPROVER, 'approver');
  const byLead = yes(LEAD, 'lead');

  it('are an approver, a lead, or a lead and somebody else, and nobody counts twice', () => {
    assert.deepEqual(stillNeeded('approver', []), ['approver']);
    assert.deepEqual(stillNeeded('approver', [byApprover]), []);
    assert.deepEqual(stillNeeded('lead', []), ['lead']);
    assert.deepEqual(stillNeeded('lead', [byApprover]), ['lead'], 'an approver is no lead');
    assert.deepEqual(stillNeeded('lead', [byLead]), []);
    assert.deepEqual(stillNeeded('lead-and-another', []), ['lead', 'anybody']);
    assert.deepEqual(stillNeeded('lead-and-another', [byApprover]), ['lead']);
    assert.deepEqual(stillNeeded('lead-and-another', [byLead]), ['anybody']);
    assert.deepEqual(stillNeeded('lead-and-another', [byApprover, yes(ANOTHER, 'approver')]), ['lead']);
    assert.deepEqual(stillNeeded('lead-and-another', [byLead, yes(LEAD, 'approver')]), ['anybody'], 'one person twice');
    assert.deepEqual(stillNeeded('lead-and-another', [byApprover, byLead]), []);
    assert.deepEqual(stillNeeded('lead-and-another', [byLead, yes(APPROVER, 'lead')]), []);
  });

  it('are the only ones who are asked: leads where only a lead is missing, everybody where anybody will do', () => {
    assert.deepEqual(rolesAsked(['approver']), ['approver']);
    assert.deepEqual(rolesAsked(['lead']), ['lead']);
    assert.deepEqual(rolesAsked(['anybody']), ['lead', 'approver']);
    assert.deepEqual(rolesAsked(['lead', 'anybody']), ['lead', 'approver']);
  });

  it('agree in the role that is missing, and not at all where theirs is not', () => {
    const all = ['approver', 'lead'] as const;
    assert.equal(agreesAs(all, ['approver']), 'approver');
    assert.equal(agreesAs(all, ['lead']), 'lead');
    assert.equal(agreesAs(all, ['anybody']), 'lead');
    assert.equal(agreesAs(['approver'], ['lead', 'anybody']), 'approver');
    assert.equal(agreesAs(['approver'], ['lead']), null);
    assert.equal(agreesAs(['lead'], ['approver']), null);
    assert.equal(agreesAs(['lead'], ['lead']), 'lead');
    assert.equal(agreesAs([], ['anybody']), null);
  });
});

const ANOTHER = 'a0000000-0000-4000-8000-000000000098' as PersonId;
