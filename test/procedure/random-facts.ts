/** Random facts about a caller for property tests: mostly harmless, sometimes with one thing wrong. */
import fc from 'fast-check';
import type {
  Age,
  CallerFacts,
  Instant,
  NumberOnRecord,
  Reading,
  RegisteredMethod,
} from '../../src/procedure/facts.ts';
import { CALLER, DAY, FACTS, GLOBAL_ADMIN, MINUTE, NOW, OF_THEIR_OWN, read, TECHNICIAN, unread } from './people.ts';

export const METHODS: readonly RegisteredMethod[] = [
  { ref: 'app', kind: 'authenticator-app', masked: '', digest: null, registeredAt: NOW },
  { ref: 'mobile', kind: 'mobile-phone', masked: '', digest: null, registeredAt: NOW },
  { ref: 'mail', kind: 'email', masked: '', digest: null, registeredAt: NOW },
  { ref: 'key', kind: 'passkey', masked: '', digest: null, registeredAt: NOW },
  { ref: 'questions', kind: 'security-questions', masked: '', digest: null, registeredAt: null },
];

const LONG_KNOWN = read({ since: (NOW - 900 * DAY) as Instant, changed: true });

function officeWith(age: Reading<Age>, more: Partial<NumberOnRecord> = {}): CallerFacts['numbers'] {
  const office = { ref: 'office', source: 'directory-office', lastDigits: '42', digest: 'digest-office' } as const;
  return read([{ ...office, ...OF_THEIR_OWN, age, ...more }]);
}

/** Facts: mostly harmless, sometimes with one thing wrong, so that random runs get far. */
export const facts: fc.Arbitrary<CallerFacts> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(FACTS) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Partial<CallerFacts>>(
        { account: read({ enabled: false, kind: 'member', synced: false, managementRestricted: false }) },
        { account: read({ enabled: true, kind: 'external-guest', synced: false, managementRestricted: false }) },
        { account: read({ enabled: true, kind: 'member', synced: true, managementRestricted: true }) },
        { activeRoles: read([{ templateId: GLOBAL_ADMIN, name: 'Global Administrator', how: 'active' }]) },
        { eligibleRoles: read([{ templateId: GLOBAL_ADMIN, name: 'Global Administrator', how: 'eligible' }]) },
        {
          groups: read({
            inRoleAssignableGroup: true,
            inProtectedGroup: false,
            inVipGroup: false,
            inHelpdeskGroup: false,
          }),
        },
        {
          groups: read({
            inRoleAssignableGroup: false,
            inProtectedGroup: true,
            inVipGroup: false,
            inHelpdeskGroup: false,
          }),
        },
        { risk: read({ level: 'high', confirmedCompromised: false }) },
        { risk: read({ level: 'low', confirmedCompromised: true }) },
        { history: read({ contactsLastDay: 0, contactsLastMonth: 0, objectedAt: NOW, noes: [] }) },
        { account: unread },
        { methods: unread },
        { activeRoles: unread },
        { eligibleRoles: unread },
        { groups: unread },
        { passPolicy: unread },
        { risk: unread },
        { history: unread },
        { managerAge: unread },
        { closeToTechnician: unread },
        { numbers: unread },
        { numbers: officeWith({ kind: 'unread', why: 'stale' }) },
        { numbers: officeWith(read({ since: NOW, changed: true })) },
        { numbers: officeWith(read({ since: NOW, changed: false })) },
        { managerAge: read({ since: NOW, changed: false }) },
        { managerAccount: unread },
        { managerAccount: read({ enabled: false, kind: 'member' }) },
        { managerAccount: read({ enabled: true, kind: 'internal-guest' }) },
        { technicianNumbers: unread },
        { technicianNumbers: read(['digest-office']) },
        { numbers: officeWith(LONG_KNOWN, { others: unread }) },
        { numbers: officeWith(LONG_KNOWN, { unfit: 'not-a-personal-number' }) },
      )
      .map((change) => ({ ...FACTS, ...change })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Partial<CallerFacts>>(
        { risk: read({ level: 'medium', confirmedCompromised: false }) },
        {
          groups: read({
            inRoleAssignableGroup: false,
            inProtectedGroup: false,
            inVipGroup: true,
            inHelpdeskGroup: false,
          }),
        },
        { history: read({ contactsLastDay: 3, contactsLastMonth: 3, objectedAt: null, noes: [] }) },
        {
          groups: read({
            inRoleAssignableGroup: false,
            inProtectedGroup: false,
            inVipGroup: false,
            inHelpdeskGroup: true,
          }),
        },
        {
          history: read({
            contactsLastDay: 1,
            contactsLastMonth: 1,
            objectedAt: null,
            noes: [{ kind: 'approval-denied', at: (NOW - 60 * MINUTE) as Instant }],
          }),
        },
        { risk: { kind: 'unread', why: 'not-licensed' } },
        { eligibleRoles: { kind: 'unread', why: 'not-granted' } },
        { manager: read(null) },
        { manager: read(TECHNICIAN) },
        { manager: read(CALLER) },
        { numbers: officeWith(LONG_KNOWN, { others: read(4) }) },
        { numbers: read([]) },
      )
      .map((change) => ({ ...FACTS, ...change })),
  },
);
