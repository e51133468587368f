/**
 * The facts of a caller as the database gives them back.
 * Every field is named: a row with a field too many, too few, or of another kind is not a case.
 */
import { z } from 'zod';
import type {
  AccountFacts,
  AccountKind,
  Age,
  CallerFacts,
  ContactHistory,
  EarlierNo,
  GroupFacts,
  Instant,
  ManagerFacts,
  MethodKind,
  NoKind,
  NumberOnRecord,
  PassPolicyFacts,
  Reading,
  RegisteredMethod,
  RegistrationFacts,
  RiskFacts,
  RoleFact,
  UnfitNumber,
  UnreadReason,
} from '../procedure/facts.ts';
import { personId } from './entry-shape.ts';

/** A schema for each field of T, no more and no fewer: the compiler keeps schema and type together. */
export function exactly<T>(fields: { readonly [K in keyof T]-?: z.ZodType<T[K]> }): z.ZodType<T> {
  return z.strictObject(fields) as unknown as z.ZodType<T>;
}

/** A closed list of words, complete because the compiler asks for every one of them. */
export function oneOf<T extends string>(words: Readonly<Record<T, true>>): z.ZodType<T> {
  return z.enum(Object.keys(words)) as unknown as z.ZodType<T>;
}

/** A list that cannot grow without bound. */
export function listOf<T>(item: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.array(item).max(1000).readonly();
}

/** Whole milliseconds since 1970. */
export const instant = z.int().min(0) as unknown as z.ZodType<Instant>;
/** A short text: an id, a label, a reason. */
export const label = z.string().max(1000);
const count = z.int().min(0);

/** Why a fact is missing. */
export const unread = oneOf<UnreadReason>({
  denied: true,
  throttled: true,
  timeout: true,
  unreachable: true,
  'not-licensed': true,
  'not-granted': true,
  'unknown-shape': true,
  missing: true,
  'not-asked': true,
  stale: true,
  'not-confirmed': true,
});

function reading<T>(value: z.ZodType<T>): z.ZodType<Reading<T>> {
  return z.union([
    exactly<Extract<Reading<T>, { kind: 'read' }>>({ kind: z.literal('read'), value }),
    exactly<Extract<Reading<T>, { kind: 'unread' }>>({ kind: z.literal('unread'), why: unread }),
  ]);
}

const methodKind = oneOf<MethodKind>({
  'authenticator-app': true,
  'software-token': true,
  'hardware-token': true,
  'mobile-phone': true,
  'alternate-mobile-phone': true,
  'office-phone': true,
  email: true,
  'security-questions': true,
  passkey: true,
  'windows-hello': true,
  'platform-credential': true,
  external: true,
  'temporary-access-pass': true,
  password: true,
  other: true,
});

/** A country code and two last digits; more than that is a number somebody could dial. */
const MOST_DIGITS = 5;

/** A method, its number or address masked. A phone with its digits in clear is refused. */
export const method: z.ZodType<RegisteredMethod> = exactly<RegisteredMethod>({
  ref: label,
  kind: methodKind,
  masked: label,
  digest: label.nullable(),
  registeredAt: instant.nullable(),
}).refine(
  ({ kind, masked }) => !kind.endsWith('-phone') || (masked.match(/\d/gu) ?? []).length <= MOST_DIGITS,
  'a full number is never stored',
);

const account = exactly<AccountFacts>({
  enabled: z.boolean(),
  kind: oneOf<AccountKind>({ member: true, 'internal-guest': true, 'external-guest': true }),
  synced: z.boolean(),
  managementRestricted: z.boolean(),
});

/** A row of the registration report. */
export const registration = exactly<RegistrationFacts>({
  ssprEnabled: z.boolean(),
  ssprRegistered: z.boolean(),
  ssprCapable: z.boolean(),
  hasSecurityQuestions: z.boolean(),
  reportAt: instant.nullable(),
});

const role = exactly<RoleFact>({
  templateId: label,
  name: label,
  how: oneOf<RoleFact['how']>({ active: true, eligible: true }),
});

const groups = exactly<GroupFacts>({
  inRoleAssignableGroup: z.boolean(),
  inProtectedGroup: z.boolean(),
  inVipGroup: z.boolean(),
  inHelpdeskGroup: z.boolean(),
});

const passPolicy = exactly<PassPolicyFacts>({
  enabled: z.boolean(),
  callerInScope: z.boolean(),
  minimumMinutes: z.number(),
  maximumMinutes: z.number(),
  defaultMinutes: z.number(),
  oneTimeOnly: z.boolean(),
});

/** What ID Protection says. */
export const risk = exactly<RiskFacts>({
  level: oneOf<RiskFacts['level']>({ none: true, low: true, medium: true, high: true }),
  confirmedCompromised: z.boolean(),
});

const age = exactly<Age>({ since: instant, changed: z.boolean() });

const managerAccount = exactly<ManagerFacts>({
  enabled: z.boolean(),
  kind: oneOf<AccountKind>({ member: true, 'internal-guest': true, 'external-guest': true }),
});

const numberOnRecord = exactly<NumberOnRecord>({
  ref: label,
  source: oneOf<NumberOnRecord['source']>({
    'directory-office': true,
    'directory-mobile': true,
    'registered-mobile': true,
    'registered-alternate': true,
    'registered-office': true,
  }),
  lastDigits: z.string().regex(/^\d{0,2}$/),
  digest: label,
  unfit: oneOf<UnfitNumber>({ 'not-a-telephone-number': true, 'not-a-personal-number': true }).nullable(),
  others: reading(count),
  age: reading(age),
});

const history = exactly<ContactHistory>({
  contactsLastDay: count,
  contactsLastMonth: count,
  objectedAt: instant.nullable(),
  noes: listOf(
    exactly<EarlierNo>({
      kind: oneOf<NoKind>({ 'approval-denied': true, 'manager-declined': true, 'someone-else-answered': true }),
      at: instant,
    }),
  ),
});

/** Everything read about a caller. */
export const callerFacts = exactly<CallerFacts>({
  readAt: instant,
  account: reading(account),
  methods: reading(listOf(method)),
  registration: reading(registration),
  activeRoles: reading(listOf(role)),
  eligibleRoles: reading(listOf(role)),
  groups: reading(groups),
  passPolicy: reading(passPolicy),
  risk: reading(risk),
  numbers: reading(listOf(numberOnRecord)),
  manager: reading(personId.nullable()),
  managerAge: reading(age.nullable()),
  managerAccount: reading(managerAccount.nullable()),
  closeToTechnician: reading(z.boolean()),
  technicianNumbers: reading(listOf(label)),
  history: reading(history),
});
