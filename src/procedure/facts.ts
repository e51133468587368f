/**
 * What was read about the caller before anybody decides anything.
 * The one rule kept here: a fact that could not be read is written down as unread, never as harmless.
 * Nothing here names a person: names and full numbers stay outside the procedure.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A moment: milliseconds since 1970-01-01T00:00:00Z. Always handed in, never read from a clock in here. */
export type Instant = Branded<number, 'Instant'>;
/** The Entra object id of a person, lower-case GUID. */
export type PersonId = Branded<string, 'PersonId'>;
/** The Entra object id of a group, lower-case GUID. */
export type GroupId = Branded<string, 'GroupId'>;

/** Why a fact is missing. `not-licensed`: the tenant lacks the plan (P1, P2) that the read needs. */
export type UnreadReason =
  'denied' | 'throttled' | 'timeout' | 'unreachable' | 'not-licensed' | 'unknown-shape' | 'missing' | 'not-asked';

/** A fact that was read, or the plain statement that it was not. */
export type Reading<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unread'; readonly why: UnreadReason };

/** Member or guest. An *external* guest has his password in another tenant and cannot hold a pass here. */
export type AccountKind = 'member' | 'internal-guest' | 'external-guest';

/** The account itself. */
export interface AccountFacts {
  readonly enabled: boolean;
  readonly kind: AccountKind;
  /** Synced from an on-premises directory: a reset needs password writeback. */
  readonly synced: boolean;
  /** Member of a restricted management administrative unit. */
  readonly managementRestricted: boolean;
}

/** Every kind of sign-in method the product tells apart. `other` is a kind Microsoft added later. */
export type MethodKind =
  | 'authenticator-app'
  | 'software-token'
  | 'hardware-token'
  | 'mobile-phone'
  | 'alternate-mobile-phone'
  | 'office-phone'
  | 'email'
  | 'security-questions'
  | 'passkey'
  | 'windows-hello'
  | 'platform-credential'
  | 'external'
  | 'temporary-access-pass'
  | 'password'
  | 'other';

/** One method registered for the caller. */
export interface RegisteredMethod {
  /** Stable within a case: Graph's method id, or the kind where Graph lists none (security questions). */
  readonly ref: string;
  readonly kind: MethodKind;
  /** For the card: a device name, or a number or address masked to its last two digits or first letter. */
  readonly masked: string;
  /** When it was registered; `null` when Graph does not say. */
  readonly registeredAt: Instant | null;
}

/** The registration report (P1). Up to some hours old: `reportAt` is the report's own time. */
export interface RegistrationFacts {
  readonly ssprEnabled: boolean;
  readonly ssprRegistered: boolean;
  readonly ssprCapable: boolean;
  readonly hasSecurityQuestions: boolean;
  readonly reportAt: Instant | null;
}

/** A directory role held or activatable, directly or through a group, tenant-wide or scoped. */
export interface RoleFact {
  readonly templateId: string;
  readonly name: string;
  readonly how: 'active' | 'eligible';
}

/** Groups that decide. */
export interface GroupFacts {
  /** Member or owner of a group that may hold directory roles. */
  readonly inRoleAssignableGroup: boolean;
  /** Member of a group the configuration protects: never a pass. */
  readonly inProtectedGroup: boolean;
  /** Member of the configured VIP group: a second person decides. */
  readonly inVipGroup: boolean;
}

/** The tenant's Temporary Access Pass policy as it applies to this caller. */
export interface PassPolicyFacts {
  readonly enabled: boolean;
  readonly callerInScope: boolean;
  readonly minimumMinutes: number;
  readonly maximumMinutes: number;
  readonly defaultMinutes: number;
  /** The tenant demands one-time passes. */
  readonly oneTimeOnly: boolean;
}

/** ID Protection's opinion (P2). */
export interface RiskFacts {
  readonly level: 'none' | 'low' | 'medium' | 'high';
  readonly confirmedCompromised: boolean;
}

/** A telephone number the directory holds. The number itself stays outside; the procedure knows a reference. */
export interface NumberOnRecord {
  /** Stable within a case, e.g. `business-phone`, `method:<id>`. */
  readonly ref: string;
  readonly source:
    'directory-office' | 'directory-mobile' | 'registered-mobile' | 'registered-alternate' | 'registered-office';
  /** The last two digits, all that may be stored. */
  readonly lastDigits: string;
  /** The last change; `null` when no source tells it, which makes the number unusable. */
  readonly changedAt: Instant | null;
  /** False: `changedAt` is only as far as the log reaches; the number is at least this old. */
  readonly exact: boolean;
}

/** What our own ledger remembers about this caller. */
export interface ContactHistory {
  /** Cases and refusals about this caller in the last 24 hours, this one not counted, whoever worked them. */
  readonly contactsLastDay: number;
  /** The same for the last 30 days. */
  readonly contactsLastMonth: number;
  /** The caller or the manager pressed "This was not me" at this time, if within the configured window. */
  readonly objectedAt: Instant | null;
}

/** Everything the procedure decides on. Read again before a pass is issued. */
export interface CallerFacts {
  readonly readAt: Instant;
  readonly account: Reading<AccountFacts>;
  readonly methods: Reading<readonly RegisteredMethod[]>;
  readonly registration: Reading<RegistrationFacts>;
  readonly activeRoles: Reading<readonly RoleFact[]>;
  readonly eligibleRoles: Reading<readonly RoleFact[]>;
  readonly groups: Reading<GroupFacts>;
  readonly passPolicy: Reading<PassPolicyFacts>;
  readonly risk: Reading<RiskFacts>;
  readonly numbers: Reading<readonly NumberOnRecord[]>;
  /** The manager on record; `null` when there is none. */
  readonly manager: Reading<PersonId | null>;
  /** The caller is the technician's manager or reports to them: colleagues this close should not decide alone. */
  readonly closeToTechnician: Reading<boolean>;
  readonly history: Reading<ContactHistory>;
}
