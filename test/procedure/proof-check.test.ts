import assert from 'node:assert/strict';
import type { LastAttempt, Proof } from '../../src/procedure/case.ts';
import type { Age, CallerFacts, Instant, NumberOnRecord, Reading, UnreadReason } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { leadsTo, take } from './exactly.ts';
import {
  caseIn,
  COLLEAGUE,
  DAY,
  FACTS,
  MANAGER,
  managerSays,
  NOBODY_ASKED,
  NOW,
  OF_THEIR_OWN,
  POLICY,
  PROOF,
  read,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';

const by = TECHNICIAN;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const LONG = read<Age>({ since: (NOW - 900 * DAY) as Instant, changed: false });
const LATELY = read<Age>({ since: (NOW - DAY) as Instant, changed: true });
const SHORT = read<Age>({ since: (NOW - DAY) as Instant, changed: false });
const missing = (why: UnreadReason): Reading<never> => ({ kind: 'unread', why });

function number(change: Partial<NumberOnRecord> = {}): NumberOnRecord {
  return {
    ref: 'office',
    source: 'directory-office',
    lastDigits: '42',
    digest: 'dialed',
    ...OF_THEIR_OWN,
    age: LONG,
    ...change,
  };
}

/** Issue is pressed after a proof, with these facts. */
function issue(proof: Proof, facts: Partial<CallerFacts>): string {
  const ready = { kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null } as const;
  const fresh = { ...FACTS, ...facts };
  const press = {
    kind: 'issue-pressed',
    by,
    facts: fresh,
    orderId: 'o1',
    timeLeft: 'enough',
    stillMay: STILL_MAY,
  } as const;
  const result = take(ready, press, { policy: { secondPersonFor: [] } });
  if ('refused' in result) return `refused: ${result.refused}`;
  assert.ok('to' in result);
  return result.to.kind === 'choosing-proof' ? String(result.to.lastAttempt) : result.to.kind;
}

describe('A callback, when Issue is pressed', () => {
  const called: Proof = { ...PROOF, numberDigest: 'dialed' };
  const after = (...numbers: readonly NumberOnRecord[]): string => issue(called, { numbers: read(numbers) });

  it('counts while the number that was dialed is on record and has not changed for long enough', () => {
    assert.equal(after(number()), 'issuing');
    assert.equal(after(number({ age: read({ since: (NOW - 14 * DAY) as Instant, changed: true }) })), 'issuing');
  });

  it('does not count when another number has taken its place, whatever the log says about its age', () => {
    assert.equal(after(number({ digest: 'another' })), 'number-changed');
    assert.equal(after(), 'number-changed');
    assert.equal(after(number({ age: LATELY })), 'number-changed', 'changed and changed back');
  });

  it('counts when the number only stands in another place, and is as old there', () => {
    const moved = number({ ref: 'business-phone-2' });
    assert.equal(after(number({ digest: 'another' }), moved), 'issuing');
    assert.equal(after(number({ digest: 'another' }), { ...moved, age: LATELY }), 'number-changed');
  });

  it('does not count when the number is not known for long enough, and nobody says that it changed', () => {
    assert.equal(after(number({ age: SHORT })), 'number-not-known-long-enough');
  });

  it('waits when it cannot be told whether it is the same number, or how old it is', () => {
    assert.equal(after(number({ digest: '' })), 'refused: facts-unread');
    assert.equal(after(number({ age: missing('stale') })), 'refused: facts-unread');
    assert.equal(issue(called, { numbers: missing('throttled') }), 'refused: facts-unread');
    const other = number({ ref: 'mobile', digest: 'other', age: missing('stale') });
    assert.equal(after(number(), other), 'issuing', 'the age of another number does not matter');
  });

  it('goes by the place of the number in cases of older versions, which kept no digest', () => {
    const old: Proof = { ...PROOF, numberDigest: '' };
    assert.equal(issue(old, { numbers: read([number({ digest: 'any' })]) }), 'issuing');
    assert.equal(issue(old, { numbers: read([number({ ref: 'another' })]) }), 'number-changed');
  });

  it('remembers the digest of the number from the choice on', () => {
    const facts = { numbers: read([number()]) };
    const chosen = { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'dialed', since: NOW } as const;
    assert.deepEqual(take(choosing, { kind: 'callback-chosen', by, numberRef: 'office' }, { facts }), leadsTo(chosen));
    const answered = { kind: 'callback-recorded', by, outcome: 'answered-by-caller' } as const;
    const proven = { kind: 'ready-to-issue', proof: called, approvals: [], lastAttempt: null } as const;
    const dialed = { ...chosen, since: (NOW - 60_000) as Instant };
    assert.deepEqual(take(dialed, answered, { facts }), leadsTo(proven));
  });
});

describe("A manager's word", () => {
  const vouched: Proof = { kind: 'manager', manager: MANAGER, at: NOW };

  it('counts at Issue while they are the manager on record and have been for long enough', () => {
    const cases: readonly (readonly [Partial<CallerFacts>, LastAttempt | 'issuing' | 'refused: facts-unread'])[] = [
      [{ managerAge: LONG }, 'issuing'],
      [{ managerAge: LATELY }, 'manager-changed'],
      [{ managerAge: SHORT }, 'manager-not-known-long-enough'],
      [{ managerAge: missing('stale') }, 'refused: facts-unread'],
      [{ managerAge: read(null) }, 'refused: facts-unread'],
      [{ manager: missing('timeout') }, 'refused: facts-unread'],
      [{ manager: read(COLLEAGUE), managerAge: missing('stale') }, 'manager-changed'],
      [{ manager: read(null), managerAge: read(null) }, 'manager-changed'],
    ];
    for (const [facts, expected] of cases) assert.equal(issue(vouched, facts), expected, JSON.stringify(facts));
  });

  it('is asked for only when they have been on record for long enough', () => {
    const ask = (facts: Partial<CallerFacts>) =>
      take(choosing, { kind: 'manager-asked', by, facts: { ...FACTS, ...facts } });
    assert.ok('to' in ask({ managerAge: LONG }));
    assert.deepEqual(ask({ managerAge: LATELY }), { refused: 'manager-changed-lately' });
    assert.deepEqual(ask({ managerAge: SHORT }), { refused: 'manager-not-known-long-enough' });
    for (const facts of [{ managerAge: missing('stale') }, { managerAge: read(null) }, { manager: missing('timeout') }])
      assert.deepEqual(ask(facts), { refused: 'facts-unread' });
    assert.deepEqual(ask({ manager: read(null), managerAge: missing('stale') }), { refused: 'no-manager-on-record' });
  });

  it('is heard from whoever was asked while the directory does not say who the manager is; a change that was read ends that', () => {
    const asked = { kind: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
    const yes = (person: typeof MANAGER, manager: CallerFacts['manager']) =>
      take(asked, { ...managerSays(caseIn(asked), true, FACTS), by: person }, { facts: { manager } });
    assert.ok('to' in yes(MANAGER, missing('timeout')));
    assert.deepEqual(yes(COLLEAGUE, missing('timeout')), { refused: 'not-the-manager' });
    const changed = { ...managerSays(caseIn(asked), true, { ...FACTS, manager: read(COLLEAGUE) }) };
    assert.deepEqual(take(asked, changed), leadsTo({ kind: 'choosing-proof', lastAttempt: 'manager-changed' }));
  });

  it('also says "this was not them" while the directory does not say who the manager is', () => {
    const objected = { kind: 'caller-objected', by: MANAGER, managerNow: NOBODY_ASKED } as const;
    const facts = { manager: missing('timeout') };
    const ready = { kind: 'ready-to-issue', proof: vouched, approvals: [], lastAttempt: null } as const;
    assert.ok('to' in take(ready, objected, { facts }));
    assert.deepEqual(take({ ...ready, proof: PROOF }, objected, { facts }), { refused: 'not-the-owner' });
  });
});

describe('The choice of a proof', () => {
  const GENERAL = ['account', 'methods', 'activeRoles', 'groups', 'passPolicy', 'risk', 'history'] as const;
  const chosen = { kind: 'callback-chosen', by, numberRef: 'office' } as const;

  it('waits for everything that any pass needs, so that nobody is called in vain', () => {
    for (const part of GENERAL) {
      const at = caseIn(choosing, { [part]: missing('throttled') });
      const askedFor = { kind: 'manager-asked', by, facts: at.facts } as const;
      const refusal = { code: 'facts-unread', missing: [{ part, why: 'throttled' }] };
      assert.deepEqual(step(at, chosen, POLICY, NOW), { kind: 'refused', refusal, keep: null }, part);
      assert.deepEqual(step(caseIn(choosing), askedFor, POLICY, NOW), { kind: 'refused', refusal, keep: at }, part);
    }
  });

  it('names all that is missing at once', () => {
    const facts = { ...FACTS, risk: missing('throttled'), managerAge: read(null) };
    const result = step(caseIn(choosing), { kind: 'manager-asked', by, facts }, POLICY, NOW);
    const all = [
      { part: 'risk', why: 'throttled' },
      { part: 'manager-age', why: 'missing' },
    ];
    assert.deepEqual(result.kind === 'refused' && result.refusal, { code: 'facts-unread', missing: all });
  });
});

describe('What changed lately', () => {
  it('is never called back, whatever else is missing', () => {
    const numbers = read([number({ age: LATELY }), number({ ref: 'mobile', age: missing('stale') })]);
    const choose = (numberRef: string) =>
      take(choosing, { kind: 'callback-chosen', by, numberRef }, { facts: { numbers, risk: missing('throttled') } });
    assert.deepEqual(choose('office'), { refused: 'number-not-usable' });
    assert.deepEqual(choose('mobile'), { refused: 'facts-unread' });
    assert.deepEqual(choose('made up'), { refused: 'number-not-usable' });
    const none = take(
      choosing,
      { kind: 'callback-chosen', by, numberRef: 'office' },
      {
        facts: { numbers: read([number({ age: LATELY })]) },
      },
    );
    assert.deepEqual(none, { refused: 'no-usable-number' });
  });
});
