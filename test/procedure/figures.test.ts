import assert from 'node:assert/strict';
import type { Proof } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, MethodKind, NumberOnRecord, RegisteredMethod } from '../../src/procedure/facts.ts';
import { approvalSubject } from '../../src/procedure/decide-approval.ts';
import { enoughFor, slotsOpenedBy, kindsForSelfService } from '../../src/procedure/methods.ts';
import { usableNumbers } from '../../src/procedure/numbers.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { passIsOneTime, passLifetime, recommend, within } from '../../src/procedure/policy.ts';
import { riskReasonsFor } from '../../src/procedure/risk.ts';
import { stopsFor } from '../../src/procedure/stops.ts';
import {
  after,
  CALLER,
  caseIn,
  DAY,
  FACTS,
  NOW,
  OF_THEIR_OWN,
  POLICY,
  PROOF,
  read,
  TECHNICIAN,
  unread,
} from './people.ts';

const at = (kind: MethodKind, ref: string = kind): RegisteredMethod => ({
  ref,
  kind,
  masked: '',
  digest: null,
  registeredAt: null,
});
const withFacts = (facts: Partial<CallerFacts>): CallerFacts => ({ ...FACTS, ...facts });

describe('The figures of the policy', () => {
  it('ten minutes are over one millisecond later', () => {
    assert.equal(within(NOW, 10, after(10)), true);
    assert.equal(within(NOW, 10, (after(10) + 1) as Instant), false);
  });

  it('numbers are offered office first, and the registered ones last', () => {
    const settled = (NOW - 400 * DAY) as Instant;
    const number = (
      source: NumberOnRecord['source'],
      age: NumberOnRecord['age'] = read({ since: settled, changed: true }),
    ): NumberOnRecord => ({ ref: source, source, lastDigits: '00', digest: source, ...OF_THEIR_OWN, age });
    const order = [
      'directory-office',
      'directory-mobile',
      'registered-office',
      'registered-mobile',
      'registered-alternate',
    ] as const;
    for (const start of order.keys()) {
      const turned = [...order.slice(start), ...order.slice(0, start)];
      for (const shuffled of [turned, turned.toReversed()]) {
        const numbers = read(shuffled.map((source) => number(source)));
        const offered = usableNumbers(withFacts({ numbers }), POLICY, NOW).map((opinion) => opinion.number.source);
        assert.deepEqual(offered, order);
      }
    }
    assert.deepEqual(usableNumbers(withFacts({ numbers: unread }), POLICY, NOW), []);
    const office = number('directory-office', unread);
    const opinions = usableNumbers(withFacts({ numbers: read([office]) }), POLICY, NOW);
    assert.deepEqual(opinions, [{ number: office, usable: false, whyNot: 'age-unread' }]);
  });

  it('a number is settled on the fourteenth day', () => {
    const whyNot = (since: number, changed: boolean) => {
      const numbers = FACTS.numbers.kind === 'read' ? FACTS.numbers.value : [];
      const one = { ...numbers[0], age: read({ since: since as Instant, changed }) } as NumberOnRecord;
      return usableNumbers(withFacts({ numbers: read([one]) }), POLICY, NOW)[0]?.whyNot;
    };
    for (const changed of [true, false]) assert.equal(whyNot(NOW - 14 * DAY, changed), null);
    assert.equal(whyNot(NOW - 14 * DAY + 1, true), 'changed-lately');
    assert.equal(whyNot(NOW - 14 * DAY + 1, false), 'not-known-long-enough', 'no change was seen, so none is claimed');
  });

  it('the lifetime is the configured one within the limits of the tenant, and the tenant decides about one-time passes', () => {
    const limits = FACTS.passPolicy.kind === 'read' ? FACTS.passPolicy.value : assert.fail();
    const lifetime = (minimumMinutes: number, maximumMinutes: number) =>
      passLifetime(withFacts({ passPolicy: read({ ...limits, minimumMinutes, maximumMinutes }) }), POLICY);
    assert.equal(lifetime(10, 480), 60);
    assert.equal(lifetime(120, 480), 120);
    assert.equal(lifetime(10, 30), 30);
    assert.equal(passLifetime(withFacts({ passPolicy: unread }), POLICY), 60);
    const oneTime = (tenant: boolean | null, wish: boolean) => {
      const passPolicy = tenant === null ? unread : read({ ...limits, oneTimeOnly: tenant });
      return passIsOneTime(withFacts({ passPolicy }), { ...POLICY, oneTimePass: wish });
    };
    assert.deepEqual([oneTime(false, false), oneTime(true, false), oneTime(false, true)], [false, true, true]);
    assert.deepEqual([oneTime(null, false), oneTime(null, true)], [false, true]);
  });

  it('methods that fill the same slot of the reset page count once', () => {
    const slots = (...kinds: MethodKind[]) =>
      slotsOpenedBy(
        kinds.map((kind) => at(kind)),
        FACTS,
      );
    assert.equal(slots('mobile-phone', 'alternate-mobile-phone'), 1);
    assert.equal(slots('authenticator-app', 'software-token', 'hardware-token'), 1);
    assert.equal(slots('hardware-token', 'mobile-phone'), 2, 'a code and a phone are two');
    assert.equal(slots('mobile-phone', 'office-phone', 'email', 'security-questions'), 4);
    assert.equal(slots('passkey', 'windows-hello', 'password', 'temporary-access-pass', 'other'), 0);
    assert.equal(enoughFor([at('email'), at('passkey')], 2, FACTS), false);
  });

  it('the kinds that work at the reset page are named once each', () => {
    const kinds = kindsForSelfService([at('email', 'a'), at('passkey'), at('email', 'b'), at('mobile-phone')]);
    assert.deepEqual(kinds, ['email', 'mobile-phone']);
  });

  it('what could not be read is no reason for a second person, and keeps the pass away all the same', () => {
    for (const part of ['history', 'groups', 'closeToTechnician', 'risk'] as const) {
      const facts = { ...FACTS, [part]: unread };
      assert.deepEqual(riskReasonsFor(facts, PROOF, POLICY, NOW), [], part);
      assert.deepEqual(missingForPass(facts, POLICY), [{ part, why: 'timeout' }]);
    }
  });

  it('office hours begin on the hour, end on the hour, and know the days of the week', () => {
    const officeHours = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], fromHour: 8, toHour: 18 };
    const outside = (time: string) =>
      riskReasonsFor(FACTS, PROOF, { ...POLICY, officeHours }, Date.parse(time) as Instant).includes('out-of-hours');
    // 16 November 2026 is a Monday; Berlin is one hour ahead of UTC then.
    for (const day of [16, 17, 18, 19, 20]) assert.equal(outside(`2026-11-${day}T12:00:00Z`), false, `day ${day}`);
    for (const day of [15, 21, 22]) assert.equal(outside(`2026-11-${day}T12:00:00Z`), true, `day ${day}`);
    assert.equal(outside('2026-11-16T06:59:59Z'), true);
    assert.equal(outside('2026-11-16T07:00:00Z'), false);
    assert.equal(outside('2026-11-16T16:59:59Z'), false);
    assert.equal(outside('2026-11-16T17:00:00Z'), true);
    assert.equal(outside('2026-11-16T23:30:00Z'), true, 'past midnight in Berlin, still Monday in UTC');
    const weekend = { ...officeHours, days: [6, 7] };
    const reasons = riskReasonsFor(
      FACTS,
      PROOF,
      { ...POLICY, officeHours: weekend },
      Date.parse('2026-11-22T12:00Z') as Instant,
    );
    assert.deepEqual(reasons, []);
  });

  it('a stop names what it is about, or nothing, and says whether it ends the case or only the pass', () => {
    const stops = (facts: Partial<CallerFacts>) => stopsFor(withFacts(facts), TECHNICIAN, CALLER, POLICY);
    const high = read({ level: 'high', confirmedCompromised: false } as const);
    assert.deepEqual(stops({ risk: high }), [{ code: 'high-risk', reach: 'pass', detail: '' }]);
    const lost = read({ level: 'none', confirmedCompromised: true } as const);
    const never = { ...POLICY, helpdeskAccounts: 'never' } as const;
    for (const groups of [FACTS.groups, unread])
      assert.deepEqual(
        stopsFor(withFacts({ groups }), TECHNICIAN, CALLER, never),
        [],
        'not of the helpdesk, or unread',
      );
    assert.deepEqual(stops({ risk: lost }), [{ code: 'confirmed-compromised', reach: 'case', detail: '' }]);
  });
});

describe('What an approver says yes to', () => {
  const waiting = (facts: Partial<CallerFacts> = {}) => caseIn({ kind: 'choosing-proof', lastAttempt: null }, facts);
  const subject = (facts: Partial<CallerFacts> = {}, proof: Proof = PROOF, policy = POLICY) =>
    approvalSubject(waiting(facts), proof, policy, NOW);

  it('is the same however Graph orders the methods', () => {
    const methods = FACTS.methods.kind === 'read' ? FACTS.methods.value : [];
    assert.equal(subject({ methods: read(methods.toReversed()) }), subject());
  });

  it('changes with the case, the people, the proof, the risk, the methods and the pass', () => {
    const limits = FACTS.passPolicy.kind === 'read' ? FACTS.passPolicy.value : assert.fail();
    const different = [
      subject({}, { kind: 'in-person', place: 'Reception', at: NOW }),
      subject({}, { kind: 'callback', numberRef: 'office', numberDigest: 'digest-office', at: after(1) }),
      subject({ risk: read({ level: 'low', confirmedCompromised: false }) }),
      subject({ methods: read([at('email')]) }),
      subject({ methods: read([at('email', 'mail-2')]) }),
      subject({ methods: read([{ ...at('email'), digest: 'another address' }]) }),
      subject({}, { ...PROOF, numberDigest: 'another number' }),
      subject({ methods: read([]) }),
      subject({ methods: unread }),
      subject({ passPolicy: read({ ...limits, minimumMinutes: 90 }) }),
      subject({ passPolicy: read({ ...limits, oneTimeOnly: true }) }),
      subject({}, PROOF, { ...POLICY, mode: 'elevated' }),
      approvalSubject({ ...waiting(), id: 13 as never }, PROOF, POLICY, NOW),
      approvalSubject({ ...waiting(), caller: TECHNICIAN }, PROOF, POLICY, NOW),
      approvalSubject({ ...waiting(), technician: CALLER }, PROOF, POLICY, NOW),
    ];
    assert.equal(new Set([subject(), ...different]).size, different.length + 1);
    assert.equal(subject({ risk: unread }), subject(), 'a risk that could not be read is not another risk');
  });
});

describe('The recommended next step', () => {
  const failure = { step: 'failed', reason: 'wrong code', at: NOW } as const;
  const asked = (facts: Partial<CallerFacts>, failed: boolean) =>
    recommend(caseIn({ kind: 'asking-methods', selfServiceFailure: failed ? failure : null }, facts), POLICY);
  const report = FACTS.registration.kind === 'read' ? FACTS.registration.value : assert.fail();
  const offReport = read({ ...report, ssprEnabled: false });
  const synced = read({ enabled: true, kind: 'member', synced: true, managementRestricted: false } as const);

  it('is a pass once the reset page has failed, unless something lasting stands in the way', () => {
    assert.deepEqual(asked({}, false), { route: 'self-service', because: 'enough-methods' });
    assert.deepEqual(asked({}, true), { route: 'pass', because: 'self-service-failed' });
    assert.deepEqual(asked({ registration: offReport }, true), { route: 'pass', because: 'self-service-off' });
    const at = caseIn({ kind: 'asking-methods', selfServiceFailure: failure }, { account: synced });
    const noWriteback = recommend(at, { ...POLICY, passwordWriteback: false });
    assert.deepEqual(noWriteback, { route: 'pass', because: 'no-writeback' });
    const plan = { kind: 'read', value: { plans: [], selfServiceReset: false } } as never;
    const unlicensed = recommend(caseIn({ kind: 'asking-methods', selfServiceFailure: failure }), POLICY, plan);
    assert.deepEqual(unlicensed, { route: 'pass', because: 'not-licensed' });
  });

  it('is to escalate where a guard ends the case, whatever is registered', () => {
    const account = read({ enabled: false, kind: 'member', synced: false, managementRestricted: false } as const);
    assert.deepEqual(asked({ account }, false), { route: 'escalate', because: 'stopped' });
    const role = { templateId: 'x', name: 'Some Role', how: 'active' } as const;
    const privileged = { activeRoles: read([role]) };
    assert.deepEqual(asked(privileged, false), { route: 'self-service', because: 'enough-methods' });
    assert.deepEqual(asked({ ...privileged, methods: read([]) }, false), { route: 'escalate', because: 'stopped' });
  });
});
