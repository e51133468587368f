// Each code of Microsoft's list, what we make of it, and whether a pass would help.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose, type Diagnosis, type LockoutReason, type SignInFact } from '../../src/procedure/diagnosis.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { after, DAY, FACTS, NOW, read, unread } from './people.ts';

const TOO_MANY_TRIES = "The account is locked, you've tried to sign in too many times with an incorrect password.";
const BAD_ADDRESS = 'Sign-in was blocked because it came from an IP address with malicious activity.';

/** Code, reason, whether a pass helps. Written from Microsoft's list, not from the code. */
const TABLE: readonly (readonly [number, LockoutReason, Diagnosis['passHelps']])[] = [
  [50126, 'wrong-password', 'yes'],
  [50064, 'wrong-password', 'yes'],
  [50055, 'password-expired', 'yes'],
  [50144, 'password-expired', 'perhaps'],
  [50056, 'password-missing', 'perhaps'],
  [50135, 'password-change-due', 'perhaps'],
  [50074, 'mfa-not-passed', 'yes'],
  [50076, 'mfa-not-passed', 'yes'],
  [50078, 'mfa-not-passed', 'yes'],
  [500121, 'mfa-not-passed', 'yes'],
  [50072, 'registration-required', 'yes'],
  [50079, 'registration-required', 'yes'],
  [50088, 'mfa-limit', 'perhaps'],
  [53003, 'conditional-access', 'no'],
  [50158, 'conditional-access', 'no'],
  [53000, 'device-required', 'no'],
  [53001, 'device-required', 'no'],
  [53004, 'risk-block', 'no'],
  [53011, 'risk-block', 'no'],
  [53010, 'registration-place', 'perhaps'],
  [530035, 'security-defaults', 'no'],
  [50132, 'session-ended', 'no'],
  [50133, 'session-ended', 'no'],
  [50173, 'session-ended', 'no'],
  [80001, 'on-premises-agent', 'no'],
  [80007, 'on-premises-agent', 'no'],
  [80014, 'on-premises-agent', 'no'],
  [50034, 'unknown-code', 'no'],
  [700011, 'unknown-code', 'no'],
  [700016, 'unknown-code', 'no'],
  [80000, 'unknown-code', 'perhaps'],
  [80015, 'unknown-code', 'perhaps'],
  [99999, 'unknown-code', 'perhaps'],
];

function signIn(errorCode: number, minutesAgo: number, more: Partial<SignInFact> = {}): SignInFact {
  return {
    at: after(-minutesAgo),
    errorCode,
    failureReason: `Reason ${errorCode}.`,
    conditionalAccess: 'not-applied',
    ...more,
  };
}

const reasonOf = (signIns: readonly SignInFact[], facts = FACTS) => diagnose(signIns, facts, NOW)?.reason ?? null;
const DISABLED = read({ enabled: false, kind: 'member', synced: false, managementRestricted: false } as const);

describe('Why the caller is locked out', () => {
  for (const [code, reason, passHelps] of TABLE) {
    it(`says ${reason} for ${code}, and that a pass would help: ${passHelps}`, () => {
      assert.deepEqual(diagnose([signIn(code, 5)], FACTS, NOW), {
        reason,
        at: after(-5),
        errorCode: code,
        tenantSays: reason === 'unknown-code' ? `Reason ${code}.` : '',
        passHelps,
      });
    });
  }

  it('tells too many wrong passwords from an address Microsoft distrusts, which share a code', () => {
    const locked = diagnose([signIn(50053, 5, { failureReason: TOO_MANY_TRIES })], FACTS, NOW);
    const blocked = diagnose([signIn(50053, 5, { failureReason: BAD_ADDRESS })], FACTS, NOW);
    assert.deepEqual([locked?.reason, locked?.passHelps], ['smart-lockout', 'perhaps']);
    assert.deepEqual([blocked?.reason, blocked?.passHelps], ['blocked-address', 'no']);
    for (const address of ['IP address', 'IP-address', 'ipaddress'])
      assert.equal(reasonOf([signIn(50053, 5, { failureReason: `Blocked: ${address}.` })]), 'blocked-address', address);
    assert.equal(reasonOf([signIn(50053, 5, { failureReason: '' })]), 'smart-lockout');
    assert.equal(reasonOf([signIn(50053, 5, { failureReason: 'Locked. Ship addresses differ.' })]), 'smart-lockout');
  });

  it('takes the newest failure, in whatever order the log came', () => {
    const log = [signIn(50126, 30), signIn(53003, 2), signIn(50053, 10), signIn(50126, 20)];
    assert.equal(reasonOf(log), 'conditional-access');
    assert.equal(reasonOf([...log].reverse()), 'conditional-access');
  });

  it('skips interrupts, which lock nobody out', () => {
    assert.equal(reasonOf([signIn(50126, 9), signIn(50140, 1), signIn(50125, 2)]), 'wrong-password');
    assert.equal(reasonOf([signIn(50140, 1), signIn(50125, 2)]), null);
  });

  it('says nothing when a sign-in succeeded after the failure: perhaps they are in already', () => {
    assert.equal(reasonOf([signIn(50126, 9), signIn(0, 3)]), null);
    assert.equal(reasonOf([signIn(0, 9), signIn(50126, 3)]), 'wrong-password');
    assert.equal(reasonOf([signIn(0, 3), signIn(50126, 3)]), 'wrong-password', 'at the same moment: not after it');
  });

  it('says nothing without a failure, and nothing about failures more than a week old', () => {
    assert.equal(reasonOf([]), null);
    assert.equal(reasonOf([signIn(0, 3)]), null);
    assert.equal(reasonOf([{ ...signIn(50126, 0), at: (NOW - 7 * DAY) as Instant }]), 'wrong-password');
    assert.equal(reasonOf([{ ...signIn(50126, 0), at: (NOW - 7 * DAY - 1) as Instant }]), null);
  });

  it('says that the account is disabled when the directory does, whatever the log says', () => {
    const facts = { ...FACTS, account: DISABLED };
    const disabled = { reason: 'account-disabled', at: NOW, errorCode: 50057, tenantSays: '', passHelps: 'no' };
    for (const log of [[], [signIn(50126, 5)], [signIn(0, 1)], [signIn(50057, 5)]]) {
      assert.deepEqual(diagnose(log, facts, NOW), disabled);
    }
  });

  it('does not blame a block that was lifted: an account that is enabled now is not kept out by it', () => {
    assert.equal(reasonOf([signIn(50057, 5)]), null);
    assert.equal(reasonOf([signIn(50057, 5), signIn(50126, 30)]), 'wrong-password');
    assert.equal(reasonOf([signIn(50057, 5)], { ...FACTS, account: unread }), 'account-disabled');
  });

  it('says that no pass helps where a rule of the tenant refused with a code nobody knows', () => {
    const unknown = signIn(530099, 5, { conditionalAccess: 'failure', failureReason: 'Blocked by something new.' });
    const diagnosis = diagnose([unknown], FACTS, NOW);
    assert.deepEqual(
      [diagnosis?.reason, diagnosis?.passHelps, diagnosis?.tenantSays],
      ['unknown-code', 'no', 'Blocked by something new.'],
    );
  });

  it('has an answer for any log, does not change the log, and invents no time', () => {
    const entry = fc.record({
      at: fc.integer({ min: NOW - 9 * DAY, max: NOW + DAY }).map((at) => at as Instant),
      errorCode: fc.oneof(
        fc.integer({ min: 0, max: 800000 }),
        fc.constantFrom(0, 50053, ...TABLE.map(([code]) => code)),
      ),
      failureReason: fc.string(),
      conditionalAccess: fc.constantFrom('success', 'failure', 'not-applied', 'unknown'),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (log) => {
        log.forEach(Object.freeze);
        const diagnosis = diagnose(Object.freeze(log), FACTS, NOW);
        if (diagnosis === null) return;
        const source = log.find((one) => one.at === diagnosis.at && one.errorCode === diagnosis.errorCode);
        assert.ok(source !== undefined);
        assert.ok(!log.some((one) => one.errorCode === 0 && one.at > diagnosis.at));
      }),
      { numRuns: 2000 },
    );
  });
});
