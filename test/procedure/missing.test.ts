import assert from 'node:assert/strict';
import type { CaseState, Proof } from '../../src/procedure/case.ts';
import type { Age, CallerFacts, Instant, NumberOnRecord, Reading, UnreadReason } from '../../src/procedure/facts.ts';
import { keepWhatWasRead, saySame } from '../../src/procedure/kept-facts.ts';
import { missingForPass, missingIn, unreadParts } from '../../src/procedure/missing.ts';
import { checkProof } from '../../src/procedure/proof-check.ts';
import { caseIn, DAY, FACTS, MANAGER, NOW, OF_THEIR_OWN, POLICY, PROOF, read } from './people.ts';

const missing = (why: UnreadReason): Reading<never> => ({ kind: 'unread', why });
const QUIET = read<Age>({ since: NOW, changed: false });

function number(change: Partial<NumberOnRecord>): NumberOnRecord {
  return {
    ref: 'office',
    source: 'directory-office',
    lastDigits: '42',
    digest: 'a',
    ...OF_THEIR_OWN,
    age: QUIET,
    ...change,
  };
}

const numbersOf = (...numbers: readonly NumberOnRecord[]): Partial<CallerFacts> => ({ numbers: read(numbers) });
const partsIn = (state: CaseState, facts: Partial<CallerFacts>): readonly string[] =>
  missingIn(caseIn(state, facts), POLICY).map(({ part, why }) => `${part}: ${why}`);

const asking = { kind: 'asking-methods', selfServiceFailure: null } as const;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const dialing = { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'a', since: NOW } as const;
const ready = (proof: Proof) => ({ kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null }) as const;
const BY_MANAGER: Proof = { kind: 'manager', manager: MANAGER, at: NOW };
const IN_PERSON: Proof = { kind: 'in-person', place: 'Reception', at: NOW };

describe('What a card says is missing', () => {
  const two = numbersOf(
    number({ age: missing('stale') }),
    number({ ref: 'mobile', source: 'directory-mobile', age: missing('throttled') }),
  );
  const all = ['number-age:directory-office: stale', 'number-age:directory-mobile: throttled'];

  it('is the age of every number before one is chosen, and only of that one afterwards', () => {
    assert.deepEqual(partsIn(asking, two), all);
    assert.deepEqual(partsIn(choosing, two), all);
    assert.deepEqual(partsIn(dialing, two), [all[0]]);
    assert.deepEqual(partsIn(ready(PROOF), two), [all[0]]);
    assert.deepEqual(partsIn(ready(BY_MANAGER), two), []);
    assert.deepEqual(partsIn(ready(IN_PERSON), two), []);
  });

  it('is said once for two numbers from the same place', () => {
    const office = number({ age: missing('stale') });
    assert.deepEqual(partsIn(choosing, numbersOf(office, { ...office, ref: 'business-phone-2' })), [all[0]]);
  });

  it('leaves out the age of a number that will never be known: it is not offered, which says it all', () => {
    const never = number({ ref: 'mobile', source: 'directory-mobile', age: missing('missing') });
    assert.deepEqual(partsIn(choosing, numbersOf(number({}), never)), []);
    assert.deepEqual(partsIn(dialing, numbersOf(number({ age: missing('missing') }))), [
      'number-age:directory-office: missing',
    ]);
  });

  it('is all numbers, also when that lasts, wherever a callback is possible or was made', () => {
    for (const state of [asking, choosing, dialing, ready(PROOF)])
      assert.deepEqual(partsIn(state, { numbers: missing('missing') }), ['numbers: missing'], state.kind);
  });

  it('is the manager only where they can vouch or did', () => {
    const facts = { manager: missing('timeout'), managerAge: missing('stale') };
    const both = ['manager: timeout', 'manager-age: stale'];
    const asked = { kind: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
    for (const state of [asking, choosing, asked, ready(BY_MANAGER)]) {
      assert.deepEqual(partsIn(state, facts), both, state.kind);
    }
    for (const state of [dialing, ready(PROOF), ready(IN_PERSON)]) assert.deepEqual(partsIn(state, facts), []);
  });

  it('is not what the tenant has no license for, where the policy goes on without it', () => {
    const facts = { ...FACTS, risk: missing('not-licensed'), eligibleRoles: missing('not-licensed') };
    assert.deepEqual(missingForPass(facts, POLICY), []);
    const strict = { ...POLICY, whenNotLicensed: { risk: 'stop', eligibility: 'stop' } } as const;
    assert.deepEqual(
      missingForPass(facts, strict).map(({ part }) => part),
      ['eligibleRoles', 'risk'],
    );
    assert.deepEqual(unreadParts(facts).length, 3, 'the ledger names it all the same, and the age that is never known');
  });

  it('is the time, when our clock is too far from the clock of Microsoft, in whichever direction', () => {
    const clock = (secondsAhead: number) => partsIn(choosing, { clock: read({ secondsAhead }) });
    assert.deepEqual([120, -120].flatMap(clock), []);
    for (const seconds of [150, -150]) assert.deepEqual(clock(seconds), ['clock: clock-differs']);
  });

  it('is nothing about a number that nobody may call', () => {
    const unfit = number({ unfit: 'not-a-personal-number', age: missing('stale'), others: missing('stale') });
    assert.deepEqual(partsIn(choosing, numbersOf(number({}), unfit)), []);
    assert.deepEqual(partsIn(choosing, numbersOf(number({}), { ...unfit, unfit: null })), [
      'number-age:directory-office: stale',
      'number-sharing: stale',
    ]);
  });

  it('is named at Issue, when it cannot be told whether the number is still the same', () => {
    const withFacts = (change: Partial<CallerFacts>) => caseIn(choosing, change);
    const facts = withFacts(numbersOf(number({ digest: '' })));
    const called: Proof = { ...PROOF, numberDigest: 'a' };
    const unread = (part: string, why: UnreadReason) => ({ kind: 'stands', missing: [{ part, why }] });
    assert.deepEqual(checkProof(called, facts, POLICY, NOW), unread('numbers', 'missing'));
    const old: Proof = { ...PROOF, numberDigest: '' };
    const settled = numbersOf(
      number({ digest: '', age: read({ since: (NOW - 20 * DAY) as Instant, changed: false }) }),
    );
    assert.deepEqual(checkProof(old, withFacts(settled), POLICY, NOW), { kind: 'stands', missing: [] });
    const none = withFacts({ numbers: missing('throttled') });
    assert.deepEqual(checkProof(called, none, POLICY, NOW), unread('numbers', 'throttled'));
    const stale = withFacts(numbersOf(number({ age: missing('stale') })));
    assert.deepEqual(checkProof(called, stale, POLICY, NOW), unread('number-age:directory-office', 'stale'));
    const nobody = withFacts({ manager: missing('timeout') });
    assert.deepEqual(checkProof(BY_MANAGER, nobody, POLICY, NOW), unread('manager', 'timeout'));
    const noAge = withFacts({ managerAge: read(null) });
    assert.deepEqual(checkProof(BY_MANAGER, noAge, POLICY, NOW), unread('manager-age', 'missing'));
  });
});

describe('What is known after two reads', () => {
  const facts = (change: Partial<CallerFacts>): CallerFacts => ({ ...FACTS, ...change });
  const parts = Object.keys(FACTS).filter((name) => name !== 'readAt') as readonly Exclude<
    keyof CallerFacts,
    'readAt'
  >[];

  it('is the newer of two, and of every part what was read at all', () => {
    for (const part of parts) {
      const first = facts({ [part]: missing('timeout') });
      assert.deepEqual(keepWhatWasRead(first, FACTS), FACTS, part);
      assert.deepEqual(keepWhatWasRead(FACTS, first), FACTS, part);
      const later = facts({ [part]: missing('stale') });
      assert.deepEqual(keepWhatWasRead(first, later)[part], missing('stale'), 'the newer reason');
    }
    const low = facts({ risk: read({ level: 'low', confirmedCompromised: false }) });
    assert.equal(keepWhatWasRead(FACTS, low).risk, low.risk);
  });

  it('keeps the age of a number only for the same number in the same place', () => {
    const before = facts(numbersOf(number({ ref: 'office', digest: 'a' }), number({ ref: 'blank', digest: '' })));
    const ageOf = (now: Partial<NumberOnRecord>): string => {
      const after = keepWhatWasRead(before, facts(numbersOf(number({ age: missing('stale'), ...now }))));
      return after.numbers.kind === 'read' ? (after.numbers.value[0]?.age.kind ?? '') : '';
    };
    assert.equal(ageOf({ ref: 'office', digest: 'a' }), 'read');
    assert.equal(ageOf({ ref: 'office', digest: 'b' }), 'unread', 'another number');
    assert.equal(ageOf({ ref: 'mobile', digest: 'a' }), 'unread', 'another place');
    assert.equal(ageOf({ ref: 'blank', digest: '' }), 'unread', 'nobody knows whether it is the same');
  });

  it('says the same when only the moment differs, the order of fields, or less than a day of an age without a change', () => {
    assert.ok(saySame(FACTS, { ...FACTS, readAt: (NOW + 1) as Instant }));
    const turned = Object.fromEntries(Object.entries(FACTS).toReversed()) as unknown as CallerFacts;
    assert.ok(saySame(FACTS, turned));
    const account = { managementRestricted: false, synced: false, kind: 'member', enabled: true } as const;
    assert.ok(saySame(FACTS, facts({ account: { value: account, kind: 'read' } })));
    const aged = (since: number, changed: boolean) => facts({ managerAge: read({ since: since as Instant, changed }) });
    const noon = Math.floor(NOW / DAY) * DAY + DAY / 2;
    assert.ok(saySame(aged(noon, false), aged(noon + 1000, false)));
    assert.ok(!saySame(aged(noon, false), aged(noon + DAY, false)), 'another day');
    assert.ok(!saySame(aged(noon, true), aged(noon + 1000, true)), 'a change has a moment');
    assert.ok(!saySame(aged(noon, false), aged(noon, true)));
    assert.ok(!saySame(FACTS, facts({ methods: read([]) })));
    const methods = FACTS.methods.kind === 'read' ? FACTS.methods.value : [];
    assert.ok(!saySame(FACTS, facts({ methods: read(methods.toReversed()) })), 'the order of a list is on the card');
  });
});
