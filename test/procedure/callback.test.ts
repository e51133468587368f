/** The callback: how long it takes, which numbers it may go to, and bad news, which never expires. */
import assert from 'node:assert/strict';
import type { CallbackOutcome, CaseState } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, NumberOnRecord } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { numbersShown, usableNumbers } from '../../src/procedure/numbers.ts';
import { leadsTo, seconds, STAYS, take } from './exactly.ts';
import { after, caseIn, DAY, FACTS, NOW, OF_THEIR_OWN, ONE_OF_EACH, ORDER, PASS } from './people.ts';
import { POLICY, PROOF, read, STILL_MAY, TECHNICIAN, unread } from './people.ts';

const by = TECHNICIAN;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const dialing = { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: NOW } as const;
const report = (outcome: CallbackOutcome) => ({ kind: 'callback-recorded', by, outcome }) as const;
const answered = report('answered-by-caller');
const someoneElse = report('answered-by-someone-else');
const ALARM = { kind: 'alarm-leads', alarm: 'someone-else-answered' } as const;
const ENDS = { outcome: 'escalated', because: 'someone-else-answered', stops: [] } as const;

describe('The time a callback takes', () => {
  it('is at least fifteen seconds; sooner, the answer does not count, and the same press works afterwards', () => {
    const refusedAfter = (milliseconds: number) =>
      step(caseIn(dialing), answered, POLICY, (NOW + milliseconds) as Instant);
    const tooQuick = (count: number) => ({
      kind: 'refused',
      refusal: { code: 'callback-too-quick', seconds: count },
      keep: null,
    });
    assert.deepEqual(refusedAfter(10), tooQuick(0));
    assert.deepEqual(refusedAfter(14_999), tooQuick(14));
    const ready = { kind: 'ready-to-issue', proof: { ...PROOF, at: seconds(15) }, approvals: [], lastAttempt: null };
    assert.deepEqual(take(dialing, answered, { now: seconds(15) }), leadsTo(ready as CaseState));
  });

  it('is set by the policy', () => {
    const after30 = { policy: { callbackAtLeastSeconds: 31 }, now: seconds(30) };
    assert.deepEqual(take(dialing, answered, after30), { refused: 'callback-too-quick' });
    assert.ok('to' in take(dialing, answered, { policy: { callbackAtLeastSeconds: 0 } }));
  });

  it('does not matter when nobody, voicemail, or a wrong number answered: that proves nothing anyway', () => {
    for (const outcome of ['nobody', 'voicemail', 'wrong-number'] as const) {
      assert.deepEqual(take(dialing, report(outcome)), leadsTo({ kind: 'choosing-proof', lastAttempt: outcome }));
      const late = take(dialing, report(outcome), { now: after(10.1) });
      assert.deepEqual(late, { refused: 'callback-is-stale' });
    }
    assert.deepEqual(take(dialing, answered, { now: after(10.1) }), { refused: 'callback-is-stale' });
  });
});

describe('"Somebody else answered"', () => {
  it('ends the case and alarms the leads however quickly or late it is recorded', () => {
    for (const minutes of [0, 10.2, 59, 600]) {
      const now = after(minutes);
      assert.deepEqual(take(dialing, someoneElse, { now }), leadsTo({ kind: 'closed', at: now, closing: ENDS }, ALARM));
    }
  });

  it('ends the case from wherever it went since, with its pass, if there is one', () => {
    const withdrawing = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then: ENDS, firstGoneAt: null } as const;
    const deletes = { kind: 'delete-pass', passId: 'p1' } as const;
    for (const state of ONE_OF_EACH) {
      const result = take(state, someoneElse);
      if (state.kind === 'issuing' || state.kind === 'uncertain-pass') {
        assert.deepEqual(result, leadsTo({ ...state, then: ENDS }, ALARM));
      } else if (state.kind === 'withdrawing-pass') {
        assert.deepEqual(result, leadsTo(withdrawing, ALARM));
      } else if ('pass' in state && state.pass !== null) {
        assert.deepEqual(result, leadsTo(withdrawing, deletes, ALARM), state.kind);
      } else {
        assert.deepEqual(result, leadsTo({ kind: 'closed', at: NOW, closing: ENDS }, ALARM), state.kind);
      }
    }
  });

  it('alarms once, also when it is pressed again, and never takes the place of an objection', () => {
    for (const because of ['someone-else-answered', 'caller-objected'] as const) {
      const closing = { ...ENDS, because };
      assert.deepEqual(take({ kind: 'closed', at: NOW, closing }, someoneElse), STAYS);
      const uncertain = { kind: 'uncertain-pass', order: ORDER, then: closing, firstNotFoundAt: null } as const;
      assert.deepEqual(take(uncertain, someoneElse), STAYS);
    }
  });

  it('is the only outcome that counts when no callback is under way', () => {
    for (const state of ONE_OF_EACH) {
      if (state.kind === 'awaiting-callback') continue;
      for (const outcome of ['answered-by-caller', 'voicemail', 'nobody', 'wrong-number'] as const)
        assert.deepEqual(take(state, report(outcome)), { refused: 'not-in-this-state' }, state.kind);
    }
  });
});

describe('The numbers that a card shows', () => {
  const shown = (change: Partial<NumberOnRecord>) => {
    const [first, ...rest] = FACTS.numbers.kind === 'read' ? FACTS.numbers.value : [];
    assert.ok(first !== undefined);
    return numbersShown({ ...FACTS, numbers: read([{ ...first, ...change }, ...rest]) });
  };

  it('are others as soon as one of them was replaced or stands elsewhere, whatever is known of their age', () => {
    assert.equal(shown({ age: unread, others: read(3) }), shown({}));
    const texts = [shown({}), shown({ digest: 'another' }), shown({ ref: 'elsewhere' })];
    const none = [numbersShown({ ...FACTS, numbers: read([]) }), numbersShown({ ...FACTS, numbers: unread })];
    assert.equal(new Set([...texts, ...none]).size, 4, 'unread numbers are shown as none');
  });

  it('are named as missing, with everything else that a pass needs, when they could not be read', () => {
    const at = caseIn(choosing, { numbers: unread, risk: unread });
    const refused = step(at, { kind: 'callback-chosen', by, numberRef: 'office' }, POLICY, NOW);
    const missing = ['risk', 'numbers'].map((part) => ({ part, why: 'timeout' }));
    assert.deepEqual(refused, { kind: 'refused', refusal: { code: 'facts-unread', missing }, keep: null });
  });

  it('may become unread while one is being dialed: the answer counts, and Issue asks for them', () => {
    const facts = { numbers: unread };
    const result = take({ ...dialing, since: after(-1) }, answered, { facts });
    assert.deepEqual(result, leadsTo({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }));
  });
});

describe('A number that proves nothing', () => {
  const office = (change: Partial<NumberOnRecord>): NumberOnRecord => ({
    ref: 'office',
    source: 'directory-office',
    lastDigits: '42',
    digest: 'digest-office',
    ...OF_THEIR_OWN,
    age: read({ since: (NOW - 900 * DAY) as Instant, changed: false }),
    ...change,
  });
  const having = (change: Partial<NumberOnRecord>, more: Partial<CallerFacts> = {}): Partial<CallerFacts> => ({
    numbers: read([office(change), office({ ref: 'mobile', digest: 'digest-mobile' })]),
    ...more,
  });
  const UNFIT: readonly (readonly [string, Partial<CallerFacts>])[] = [
    ['not-a-telephone-number', having({ unfit: 'not-a-telephone-number' })],
    ['not-a-personal-number', having({ unfit: 'not-a-personal-number' })],
    ['the-technicians-own', having({}, { technicianNumbers: read(['digest-office']) })],
  ];
  const choose = { kind: 'callback-chosen', by, numberRef: 'office' } as const;
  const issue = (facts: Partial<CallerFacts>) =>
    ({
      kind: 'issue-pressed',
      stillMay: STILL_MAY,
      by,
      facts: { ...FACTS, ...facts },
      orderId: 'o1',
      timeLeft: 'enough',
    }) as const;
  const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;

  for (const [why, facts] of UNFIT) {
    it(`is not offered, not called, and no proof at Issue: ${why}`, () => {
      const opinions = usableNumbers({ ...FACTS, ...facts }, POLICY, NOW);
      assert.deepEqual(
        opinions.map(({ usable, whyNot }) => [usable, whyNot]),
        [
          [false, why],
          [true, null],
        ],
      );
      assert.deepEqual(take(choosing, choose, { facts }), { refused: 'number-not-usable' });
      const back = leadsTo({ kind: 'choosing-proof', lastAttempt: 'number-proves-nothing' });
      assert.deepEqual(take(ready, issue(facts)), back);
    });
  }

  it('is looked for as long as it may be one: unread keeps the press, and not the case', () => {
    for (const facts of [having({ others: unread }), having({}, { technicianNumbers: unread })]) {
      assert.deepEqual(take(choosing, choose, { facts }), { refused: 'facts-unread' });
      assert.deepEqual(take(ready, issue(facts)), { refused: 'facts-unread' });
    }
    const chosen = step(caseIn(choosing, having({ others: unread })), choose, POLICY, NOW);
    assert.deepEqual(chosen.kind === 'refused' && chosen.refusal, {
      code: 'facts-unread',
      missing: [{ part: 'number-sharing', why: 'timeout' }],
    });
  });

  it('is not known to be good while nobody knows who else has it, and the card says so', () => {
    const opinions = (facts: Partial<CallerFacts>) =>
      usableNumbers({ ...FACTS, ...facts }, POLICY, NOW).map(({ usable, whyNot }) => [usable, whyNot]);
    assert.deepEqual(opinions(having({ others: unread }))[0], [false, 'sharing-unread']);
    assert.deepEqual(opinions(having({ digest: '' }, { technicianNumbers: read(['']) }))[0], [true, null], 'no digest');
  });

  it('is still called when others have it, too, and then a second person decides', () => {
    const facts = having({ others: read(4) });
    assert.ok('to' in take(choosing, choose, { facts }));
    const called = { ...dialing, since: after(-1) };
    const asked = take(called, answered, { facts });
    assert.ok('to' in asked && asked.to.kind === 'awaiting-approval');
    assert.deepEqual(asked.to.reasons, ['shared-number']);
    const other = { ...called, numberRef: 'mobile', numberDigest: 'digest-mobile' };
    const alone = take(other, answered, { facts });
    assert.ok('to' in alone && alone.to.kind === 'ready-to-issue', 'their other number is theirs alone');
  });

  it('needs the second person at Issue as well, when it came to be shared since', () => {
    const asked = take(ready, issue(having({ others: read(1) })));
    assert.ok('to' in asked && asked.to.kind === 'awaiting-approval');
  });
});
