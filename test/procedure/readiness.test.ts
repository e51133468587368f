// May this caller reset the password themselves? One checklist, one verdict, and the same reason as the recommendation.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LicenseFacts } from '../../src/procedure/diagnosis.ts';
import type { CallerFacts, Instant, MethodKind, Reading, RegisteredMethod } from '../../src/procedure/facts.ts';
import { recommend } from '../../src/procedure/policy.ts';
import { readinessOf, type ReadinessCode, type ReadinessRow } from '../../src/procedure/readiness.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { stopsFor } from '../../src/procedure/stops.ts';
import { facts as anyFacts } from './random-facts.ts';
import { after, caseIn, CALLER, DAY, FACTS, NOW, POLICY, read, REPORTS_READER, TECHNICIAN, unread } from './people.ts';

const LICENSED: Reading<LicenseFacts> = read({ selfServiceReset: true, plans: ['Microsoft Entra ID P1'] });
const UNLICENSED: Reading<LicenseFacts> = read({ selfServiceReset: false, plans: ['Exchange Online Kiosk'] });
const SYNCED = read({ enabled: true, kind: 'member', synced: true, managementRestricted: false } as const);

const having = (...kinds: readonly MethodKind[]): Partial<CallerFacts> => ({
  methods: read(
    kinds.map((kind): RegisteredMethod => ({ ref: kind, kind, masked: '', digest: null, registeredAt: null })),
  ),
});
const reported = (more: object): Partial<CallerFacts> => ({
  registration: read({
    ssprEnabled: true,
    ssprRegistered: true,
    ssprCapable: true,
    hasSecurityQuestions: false,
    reportAt: NOW,
    ...more,
  }),
});

const readiness = (facts: Partial<CallerFacts> = {}, atHand: readonly string[] | null = null, license = LICENSED) =>
  readinessOf({ ...FACTS, ...facts }, license, POLICY, NOW, atHand);
const verdict = (...ask: Parameters<typeof readiness>) => [readiness(...ask).verdict, readiness(...ask).route];
const row = (rows: readonly ReadinessRow[], code: ReadinessCode): ReadinessRow | undefined =>
  rows.find((one) => one.code === code);

describe("The caller's readiness", () => {
  it('is a yes for a caller with two methods, and the list says why', () => {
    assert.deepEqual(readiness(having('authenticator-app', 'email')), {
      rows: [
        { code: 'licensed', state: 'yes', plans: ['Microsoft Entra ID P1'] },
        { code: 'enabled', state: 'yes' },
        { code: 'registered', state: 'yes' },
        { code: 'capable', state: 'yes' },
        { code: 'methods-counted', state: 'yes', counted: 2, required: 2, administrator: false },
        { code: 'report-age', state: 'yes', hours: 0 },
      ],
      verdict: 'can-reset-now',
      route: 'self-service',
    });
  });

  it('names what is missing first: the plan, then the switch, then writeback, then the methods', () => {
    const off = reported({ ssprEnabled: false });
    const noWriteback = { ...POLICY, passwordWriteback: false };
    assert.deepEqual(verdict({ ...off, ...having() }, null, UNLICENSED), ['not-licensed', 'pass']);
    assert.deepEqual(verdict({ ...off, ...having() }), ['not-enabled', 'pass']);
    const synced = readinessOf({ ...FACTS, account: SYNCED, ...having() }, LICENSED, noWriteback, NOW);
    assert.deepEqual([synced.verdict, synced.route], ['no-writeback', 'pass']);
    assert.deepEqual(verdict(having()), ['not-registered', 'pass']);
    assert.deepEqual(verdict(having('authenticator-app', 'software-token')), ['not-registered', 'pass'], 'one slot');
    assert.deepEqual(verdict(having('email', 'security-questions')), ['weak-methods-only', 'pass']);
  });

  it('does not count a phone that was left at home', () => {
    assert.deepEqual(verdict({}, ['app', 'mobile']), ['can-reset-now', 'self-service']);
    assert.deepEqual(verdict({}, ['mobile']), ['registered-not-at-hand', 'pass']);
    assert.deepEqual(verdict({}, []), ['registered-not-at-hand', 'pass']);
    assert.deepEqual(verdict(having('email'), []), ['not-registered', 'pass'], 'one method is too few, at hand or not');
  });

  it('says "not known" where it was not read, and never yes', () => {
    assert.deepEqual(verdict({ registration: unread }), ['unknown', 'self-service']);
    assert.deepEqual(verdict({ account: unread }), ['unknown', 'self-service']);
    assert.deepEqual(verdict({ methods: unread }), ['unknown', 'pass']);
    const { rows } = readiness({ registration: unread, account: unread, methods: unread }, null, unread);
    assert.deepEqual(
      rows.map(({ code, state }) => `${code}: ${state}`),
      ['licensed', 'enabled', 'registered', 'capable', 'methods-counted', 'writeback'].map(
        (code) => `${code}: unknown`,
      ),
    );
  });

  it('counts a caller whose roles were not read as an administrator: two methods, no questions', () => {
    const onePolicy = { ...POLICY, requiredMethods: 1 } as const;
    const counted = (facts: Partial<CallerFacts>) =>
      row(readinessOf({ ...FACTS, ...facts }, LICENSED, onePolicy, NOW).rows, 'methods-counted');
    const questions = having('email', 'security-questions');
    const reader = read([{ templateId: REPORTS_READER, name: 'Reports Reader', how: 'active' } as const]);
    const answer = { code: 'methods-counted', state: 'no', counted: 1, required: 2, administrator: true };
    assert.deepEqual(
      counted({ ...questions, activeRoles: unread }),
      { ...answer, administrator: false },
      'not called one',
    );
    assert.deepEqual(counted({ ...questions, activeRoles: reader }), answer);
    assert.deepEqual(counted(questions), {
      code: 'methods-counted',
      state: 'yes',
      counted: 2,
      required: 1,
      administrator: false,
    });
  });

  it('warns of what Microsoft ends: security questions, and its own text messages and calls', () => {
    const questions = { code: 'security-questions', state: 'caution', retires: '2027-03-31' };
    const phones = { code: 'sms-and-voice', state: 'caution', retires: '2027-02-01' };
    assert.deepEqual(row(readiness(having('security-questions', 'email')).rows, 'security-questions'), questions);
    const { rows } = readiness(reported({ hasSecurityQuestions: true }));
    assert.deepEqual(row(rows, 'security-questions'), questions, 'as the report has it');
    assert.deepEqual(row(readiness(having('authenticator-app', 'mobile-phone')).rows, 'sms-and-voice'), phones);
    for (const kinds of [['authenticator-app', 'email', 'mobile-phone'], ['mobile-phone'], []] as const) {
      assert.equal(
        row(readiness(having(...kinds)).rows, 'sms-and-voice'),
        undefined,
        `${kinds.join()}: not for its lack`,
      );
    }
  });

  it('says on the day itself that it is over', () => {
    const facts = { ...FACTS, ...having('authenticator-app', 'mobile-phone', 'security-questions') };
    const on = (day: string, code: ReadinessCode, caller: CallerFacts = facts) =>
      row(readinessOf(caller, LICENSED, POLICY, Date.parse(day) as Instant).rows, code)?.state;
    const two = { ...FACTS, ...having('authenticator-app', 'mobile-phone') };
    assert.equal(on('2027-01-31T23:59:59Z', 'sms-and-voice', two), 'caution');
    assert.equal(on('2027-02-01T00:00:00Z', 'sms-and-voice', two), 'no');
    assert.equal(on('2027-03-30T23:59:59Z', 'security-questions'), 'caution');
    assert.equal(on('2027-03-31T00:00:00Z', 'security-questions'), 'no');
  });

  it('says so when all that counts is weak', () => {
    assert.deepEqual(row(readiness(having('email')).rows, 'weak-only'), { code: 'weak-only', state: 'caution' });
    assert.equal(row(readiness(having('email', 'mobile-phone')).rows, 'weak-only'), undefined);
    assert.equal(row(readiness(having('passkey')).rows, 'weak-only'), undefined, 'nothing that counts is not weak');
  });

  it('does not hold the lag of the report against a caller whose live methods suffice', () => {
    const lagging = reported({ ssprRegistered: false, ssprCapable: false, reportAt: after(-3 * 60) });
    const states = (facts: Partial<CallerFacts>) =>
      ['registered', 'capable'].map((code) => row(readiness(facts).rows, code as ReadinessCode)?.state);
    assert.deepEqual(states(lagging), ['caution', 'caution']);
    assert.deepEqual(states({ ...lagging, ...having() }), ['no', 'no']);
    const off = reported({ ssprEnabled: false, ssprRegistered: true, ssprCapable: false });
    assert.deepEqual(states(off), ['yes', 'no'], 'switched off is no lag');
    assert.equal(readiness(lagging).verdict, 'can-reset-now');
  });

  it('shows the age of the report, and does not pretend to know it', () => {
    const aged = (reportAt: Instant | null) => row(readiness(reported({ reportAt })).rows, 'report-age');
    assert.deepEqual(aged(after(-119)), { code: 'report-age', state: 'yes', hours: 1 });
    assert.deepEqual(aged((NOW - DAY) as Instant), { code: 'report-age', state: 'caution', hours: 24 });
    assert.deepEqual(aged(null), { code: 'report-age', state: 'unknown', hours: null });
    assert.deepEqual(aged(after(5)), { code: 'report-age', state: 'yes', hours: 0 }, 'clocks differ');
  });

  it('names no plan where the plans could not be read, and says no where the tenant has it off or lacks it', () => {
    const states = (facts: Partial<CallerFacts>, code: ReadinessCode, license = LICENSED, policy = POLICY) =>
      row(readinessOf({ ...FACTS, ...facts }, license, policy, NOW).rows, code);
    assert.deepEqual(states({}, 'licensed', unread), { code: 'licensed', state: 'unknown', plans: [] });
    assert.deepEqual(states({}, 'licensed', UNLICENSED), {
      code: 'licensed',
      state: 'no',
      plans: ['Exchange Online Kiosk'],
    });
    assert.deepEqual(states(reported({ ssprEnabled: false }), 'enabled'), { code: 'enabled', state: 'no' });
    const noWriteback = { ...POLICY, passwordWriteback: false };
    assert.deepEqual(states({ account: SYNCED }, 'writeback', LICENSED, noWriteback), {
      code: 'writeback',
      state: 'no',
    });
  });

  it('looks only at what counts: a passkey beside an e-mail address makes it no stronger', () => {
    const weak = { code: 'weak-only', state: 'caution' };
    assert.deepEqual(row(readiness(having('email', 'passkey')).rows, 'weak-only'), weak);
  });

  it('speaks of writeback for synced accounts only', () => {
    assert.equal(row(readiness().rows, 'writeback'), undefined);
    assert.deepEqual(row(readiness({ account: SYNCED }).rows, 'writeback'), { code: 'writeback', state: 'yes' });
  });

  it('never disagrees with the recommendation where nothing stops a pass', () => {
    const policies = fc.record({
      requiredMethods: fc.constantFrom(1 as const, 2 as const),
      passwordWriteback: fc.boolean(),
    });
    const kinds = fc.subarray<MethodKind>([
      'authenticator-app',
      'mobile-phone',
      'email',
      'security-questions',
      'passkey',
    ]);
    const licenses = fc.constantFrom(LICENSED, UNLICENSED, unread);
    const atHand = ['mobile-phone', 'email'];
    let compared = 0;
    fc.assert(
      fc.property(anyFacts, kinds, policies, licenses, fc.boolean(), (drawn, some, switches, license, asked) => {
        const facts = { ...drawn, ...(drawn.methods.kind === 'read' ? having(...some) : {}) };
        const policy = { ...POLICY, ...switches };
        const state = asked
          ? ({ kind: 'choosing-proof', lastAttempt: null } as const)
          : ({ kind: 'asking-methods', selfServiceFailure: null } as const);
        const lockout = { ...caseIn(state, facts), atHand: asked ? atHand : [] };
        const { verdict: seen, route } = readinessOf(lockout.facts, license, policy, NOW, asked ? atHand : null);
        if (seen === 'can-reset-now') assert.equal(route, 'self-service');
        if (stopsFor(lockout.facts, TECHNICIAN, CALLER, policy).length > 0) return;
        if (missingForPass(lockout.facts, policy).length > 0) return;
        compared += 1;
        assert.equal(recommend(lockout, policy, license).route, route);
      }),
      { numRuns: 3000 },
    );
    assert.ok(compared > 100, `only ${compared} compared`);
  });
});
