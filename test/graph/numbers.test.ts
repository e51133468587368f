import assert from 'node:assert/strict';
import { auditEntry } from '../../src/graph/audit-shapes.ts';
import { changesIn, numbersChangedBy } from '../../src/graph/number-changes.ts';
import type { NumberChanges } from '../../src/graph/number-changes.ts';
import { numbersOf } from '../../src/graph/numbers.ts';
import { callerShape, methodShape } from '../../src/graph/shapes.ts';
import type { Instant } from '../../src/procedure/facts.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-02T09:00:00Z') as Instant;
const ago = (days: number): Instant => (NOW - days * DAY) as Instant;
const iso = (days: number): string => new Date(ago(days)).toISOString();

const caller = (more: object = {}) =>
  callerShape.parse({
    id: 'A',
    userPrincipalName: 'a@b',
    accountEnabled: true,
    onPremisesSyncEnabled: null,
    isManagementRestricted: null,
    usageLocation: 'DE',
    businessPhones: ['+49 30 55501010'],
    mobilePhone: '0151 5550110',
    createdDateTime: iso(900),
    ...more,
  });
const phone = (phoneNumber: string, created: string | null, phoneType = 'mobile') =>
  methodShape.parse({
    '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
    id: 'm1',
    phoneNumber,
    phoneType,
    createdDateTime: created,
  });
const quiet: NumberChanges = { reachesBackTo: ago(30), office: null, mobile: null, registered: null, manager: null };
const changesRead = (changes: Partial<NumberChanges> = {}) =>
  ({ kind: 'read', value: { ...quiet, ...changes } }) as const;
const ages = (...given: Parameters<typeof numbersOf>) =>
  Object.fromEntries(
    numbersOf(...given).onRecord.map(({ ref, age }) => [
      ref,
      age.kind === 'read' ? Math.round((NOW - age.value.since) / DAY) : null,
    ]),
  );

const entry = (activity: string, more: object = {}) =>
  auditEntry.parse({ activityDisplayName: activity, activityDateTime: iso(1), result: 'success', ...more });
const update = (...modifiedProperties: object[]) =>
  entry('Update user', { targetResources: [{ id: 'a', modifiedProperties }] });

describe('numbers on record', () => {
  it('are as old as the log reaches when nobody changed them', () => {
    assert.deepEqual(ages(caller(), [], changesRead()), { 'business-phone': 30, 'mobile-phone': 30 });
  });

  it('are no older than the account', () => {
    assert.deepEqual(ages(caller({ createdDateTime: iso(3) }), [], changesRead()), {
      'business-phone': 3,
      'mobile-phone': 3,
    });
  });

  it('have no age when the log could not be read, registered ones included', () => {
    const unread = { kind: 'unread', why: 'throttled' } as const;
    const all = ages(caller(), [phone('+49 30 1234567', iso(400))], unread);
    assert.deepEqual(all, { 'business-phone': null, 'mobile-phone': null, 'method:m1': null });
  });

  it('that are registered are as old as their registration, or as their last change', () => {
    assert.equal(ages(caller(), [phone('+49 30 1234567', iso(400))], changesRead())['method:m1'], 400);
    assert.equal(
      ages(caller(), [phone('+49 30 1234567', iso(400))], changesRead({ registered: ago(2) }))['method:m1'],
      2,
    );
    assert.equal(ages(caller(), [phone('+49 30 1234567', null)], changesRead())['method:m1'], null);
  });

  it('that are in the directory and registered are one number with the later change', () => {
    const same = (created: string | null) => ages(caller(), [phone('+49 1515550110', created)], changesRead());
    assert.deepEqual(same(iso(5)), { 'business-phone': 30, 'mobile-phone': 5 });
    assert.deepEqual(same(iso(400)), { 'business-phone': 30, 'mobile-phone': 30 });
    assert.deepEqual(same(null), { 'business-phone': 30, 'mobile-phone': null }, 'unknown beats known');
  });

  it('are shown as people dial them, and hostile text is shown cleaned', () => {
    const { dialable, onRecord } = numbersOf(
      caller({ businessPhones: ['Call\u202E Bob 030 999 now'], mobilePhone: null }),
      [],
      changesRead(),
    );
    assert.deepEqual(dialable, [{ ref: 'business-phone', display: 'Call Bob 030 999 now' }]);
    assert.equal(onRecord[0]?.lastDigits, '99');
    assert.equal(numbersOf(caller(), [], changesRead()).dialable[1]?.display, '+49 1515550110');
  });

  it('without digits are none', () => {
    assert.deepEqual(
      numbersOf(caller({ businessPhones: ['ask reception'], mobilePhone: '' }), [], changesRead()).onRecord,
      [],
    );
  });

  it('survive an unknown usage location', () => {
    assert.equal(numbersOf(caller({ usageLocation: 'ZZ' }), [], changesRead()).onRecord.length, 2);
  });
});

describe('changes of numbers in the audit log', () => {
  const strong = (number: string, email = '') =>
    JSON.stringify(JSON.stringify([{ PhoneNumber: number, Email: email }]));
  for (const [what, log, kinds] of [
    ['a mobile number', update({ displayName: 'MobilePhone', oldValue: '"[]"', newValue: '"[1]"' }), ['mobile']],
    ['an office number', update({ displayName: 'TelephoneNumber', oldValue: '""', newValue: '"1"' }), ['office']],
    [
      'a name in the summary',
      update({ displayName: 'Included Updated Properties', oldValue: null, newValue: '"\\"Mobile, JobTitle\\""' }),
      ['mobile'],
    ],
    [
      'a registered number',
      update({ displayName: 'StrongAuthenticationUserDetails', oldValue: strong('1'), newValue: strong('2') }),
      ['registered'],
    ],
    [
      'only a registered address',
      update({ displayName: 'StrongAuthenticationUserDetails', oldValue: strong('1'), newValue: strong('1', 'x') }),
      [],
    ],
    [
      'details nobody can read',
      update({ displayName: 'StrongAuthenticationUserDetails', oldValue: '5', newValue: '{' }),
      ['registered'],
    ],
    ['something, and nothing says what', update(), ['office', 'mobile', 'registered', 'manager']],
    ['the manager', update({ displayName: 'Manager', oldValue: '"a"', newValue: '"b"' }), ['manager']],
    ['a job title', update({ displayName: 'JobTitle', oldValue: '"a"', newValue: '"b"' }), []],
    [
      'a phone at registration',
      entry('User registered security info', { resultReason: 'User registered Mobile Phone SMS' }),
      ['registered'],
    ],
    [
      'an app at registration',
      entry('User registered security info', {
        resultReason: 'User registered Authenticator App with Notification and Code',
      }),
      [],
    ],
    ['an unnamed method', entry('Admin updated security info'), ['registered']],
    ['nothing, because it failed', entry('User registered security info', { result: 'failure' }), []],
    ['nothing, being a reset', entry('Reset password (self-service)'), []],
  ] as const) {
    it(`show ${what}`, () => assert.deepEqual(numbersChangedBy(log), kinds));
  }

  it('count by the latest', () => {
    const older = { ...update(), activityDateTime: ago(9) };
    assert.deepEqual(changesIn([older, update()], ago(30)), {
      reachesBackTo: ago(30),
      office: ago(1),
      mobile: ago(1),
      registered: ago(1),
      manager: ago(1),
    });
  });
});
