import assert from 'node:assert/strict';
import { auditEntry } from '../../src/graph/audit-shapes.ts';
import type { FollowedFact } from '../../src/casework/ports/tenant-index.ts';
import { changedBy } from '../../src/graph/number-changes.ts';
import { numbersOf } from '../../src/graph/numbers.ts';
import type { KnownNumbers } from '../../src/graph/numbers.ts';
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
    mobilePhone: '0171 3920010',
    createdDateTime: iso(900),
    ...more,
  });
const phone = (phoneNumber: string, phoneType = 'mobile') =>
  methodShape.parse({
    '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
    id: 'm1',
    phoneNumber,
    phoneType,
    createdDateTime: iso(400),
  });
type Known = number | { readonly changed: number } | 'unread';
/** The index: how many days ago each fact began to be known, or was seen to change. */
const known = (ages: Partial<Record<FollowedFact, Known>> = {}): KnownNumbers => ({
  digest: (number) => `digest of ${number}`,
  others: () => ({ kind: 'read', value: 0 }),
  age: (fact) => {
    const found = ages[fact] ?? 30;
    if (found === 'unread') return { kind: 'unread', why: 'not-confirmed' };
    if (typeof found === 'number') return { kind: 'read', value: { since: ago(found), changed: false } };
    return { kind: 'read', value: { since: ago(found.changed), changed: true } };
  },
});
const ages = (...given: Parameters<typeof numbersOf>) =>
  Object.fromEntries(
    numbersOf(...given).onRecord.map(({ ref, age }) => [
      ref,
      age.kind === 'read' ? Math.round((NOW - age.value.since) / DAY) : null,
    ]),
  );

const entry = (activity: string, more: object = {}) =>
  auditEntry.parse({
    id: 'Directory_1',
    activityDisplayName: activity,
    activityDateTime: iso(1),
    result: 'success',
    ...more,
  });
const update = (...modifiedProperties: object[]) =>
  entry('Update user', { targetResources: [{ id: 'a', modifiedProperties }] });

describe('numbers on record', () => {
  it('are each as old as the index says, the registered ones by their method', () => {
    const all = ages(
      caller(),
      [phone('+49 30 1234567')],
      known({ 'office-number': 40, 'mobile-number': 2, 'method:m1': 15 }),
    );
    assert.deepEqual(all, { 'business-phone': 40, 'mobile-phone': 2, 'method:m1': 15 });
  });

  it('have no age where the index has none', () => {
    const all = known({ 'office-number': 'unread', 'mobile-number': 'unread', 'method:m1': 'unread' });
    assert.deepEqual(ages(caller(), [phone('+49 30 1234567')], all), {
      'business-phone': null,
      'mobile-phone': null,
      'method:m1': null,
    });
  });

  it('that are in the directory and registered are one number: unknown beats known, and a later change an earlier one', () => {
    const both = (mobile: Known, registered: Known) =>
      ages(caller(), [phone('+49 1713920010')], known({ 'mobile-number': mobile, 'method:m1': registered }));
    assert.deepEqual(both({ changed: 20 }, { changed: 5 }), { 'business-phone': 30, 'mobile-phone': 5 });
    assert.deepEqual(both({ changed: 5 }, { changed: 20 }), { 'business-phone': 30, 'mobile-phone': 5 });
    assert.deepEqual(both(30, { changed: 5 }), { 'business-phone': 30, 'mobile-phone': 5 });
    assert.deepEqual(both({ changed: 5 }, 30), { 'business-phone': 30, 'mobile-phone': 5 });
    assert.deepEqual(both('unread', 30), { 'business-phone': 30, 'mobile-phone': null });
    assert.deepEqual(both(30, 'unread'), { 'business-phone': 30, 'mobile-phone': null });
  });

  it('that are in the directory and registered are as old as the place where they stood longer, when neither changed', () => {
    const both = (mobile: Known, registered: Known) =>
      ages(caller(), [phone('+49 1713920010')], known({ 'mobile-number': mobile, 'method:m1': registered }));
    assert.deepEqual(both(30, 0), { 'business-phone': 30, 'mobile-phone': 30 });
    assert.deepEqual(both(0, 30), { 'business-phone': 30, 'mobile-phone': 30 });
  });

  it('have a digest that is the same however the number is written', () => {
    const digests = (mobilePhone: string) => numbersOf(caller({ mobilePhone }), [], known()).onRecord[1]?.digest;
    assert.equal(digests('0171 3920010'), digests('0171-392 00 10'));
    assert.notEqual(digests('0171 3920010'), digests('0171 3920011'));
    assert.notEqual(digests('0171 3920010'), digests('0171 3920010 ext. 1'));
  });

  it('are shown as people dial them, and hostile text is shown cleaned', () => {
    const { dialable, onRecord } = numbersOf(
      caller({ businessPhones: ['Call\u202E Bob 030 999 now'], mobilePhone: null }),
      [],
      known(),
    );
    assert.deepEqual(dialable, [
      { ref: 'business-phone', digest: onRecord[0]?.digest, display: 'Call Bob 030 999 now' },
    ]);
    assert.equal(onRecord[0]?.lastDigits, '99');
    assert.equal(numbersOf(caller(), [], known()).dialable[1]?.display, '+49 171 3920010');
  });

  it('without digits are none', () => {
    assert.deepEqual(
      numbersOf(caller({ businessPhones: ['ask reception'], mobilePhone: '' }), [], known()).onRecord,
      [],
    );
  });

  it('survive an unknown usage location', () => {
    assert.equal(numbersOf(caller({ usageLocation: 'ZZ' }), [], known()).onRecord.length, 2);
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
    it(`show ${what}`, () => assert.deepEqual(changedBy(log), kinds));
  }
});
