/**
 * What is known about the caller when a decision is made.
 * A fact that could not be read is recorded as unread, never as harmless. Names and complete phone numbers stay outside.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. The procedure gets it as an argument and never reads a clock. */
export type Instant = Branded<number, 'Instant'>;
/** The Entra object id of a person, lower-case GUID. */
export type PersonId = Branded<string, 'PersonId'>;
/** The Entra object id of a group, lower-case GUID. */
export type GroupId = Branded<string, 'GroupId'>;

/**
 * Why a fact is missing. `not-licensed`: the tenant lacks the plan (P1, P2) that the read needs. `not-granted`: the bot's own token
 * does not name the permission, so Microsoft will go on denying it; `denied` is any other denial. `stale`: what is known is too
 * old to rely on. `not-confirmed`: a value was seen for the first time just now, and no source could confirm yet that it is
 * not new. `clock-differs`: the time was read, and our clock is too far from it.
 */
export type UnreadReason =
  | 'denied'
  | 'throttled'
  | 'timeout'
  | 'unreachable'
  | 'not-licensed'
  | 'not-granted'
  | 'unknown-shape'
  | 'missing'
  | 'not-asked'
  | 'stale'
  | 'not-confirmed'
  | 'clock-differs';

/** A fact that was read, or the statement that it was not, and why. */
export type Reading<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unread'; readonly why: UnreadReason };

/** Since when something is known not to have changed. */
export interface Age {
  readonly since: Instant;
  /** True: it was seen to change at `since`. False: no change was seen, and the bot can look back no further. */
  readonly changed: boolean;
}

/** Member or guest. An external guest has their password in another tenant and cannot get a pass here. */
export type AccountKind = 'member' | 'internal-guest' | 'external-guest';

/** The caller's account. */
export interface AccountFacts {
  readonly enabled: boolean;
  readonly kind: AccountKind;
  /** Synced from an on-premises directory: a reset needs password writeback. */
  readonly synced: boolean;
  /** Member of a restricted management administrative unit. */
  readonly managementRestricted: boolean;
}

/** Every kind of sign-in method that the bot knows. `other` is a kind that Microsoft added later. */
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
  /** For the card: a device name, a phone number of which only the last two digits show, or an address with its first letter. */
  readonly masked: string;
  /**
   * Keyed digest of the phone number or the address; `null` for a method that has neither. A phone keeps its `ref` when its
   * number is replaced, so only the digest tells that it is another one.
   */
  readonly digest: string | null;
  /** When it was registered; `null` when Graph does not say. */
  readonly registeredAt: Instant | null;
}

/** From Microsoft's registration report (needs P1), which can be some hours old. `reportAt` is the time of the report. */
export interface RegistrationFacts {
  readonly ssprEnabled: boolean;
  readonly ssprRegistered: boolean;
  readonly ssprCapable: boolean;
  readonly hasSecurityQuestions: boolean;
  readonly reportAt: Instant | null;
}

/** A directory role that somebody holds or can activate, directly or through a group, tenant-wide or for a part of the tenant. */
export interface RoleFact {
  readonly templateId: string;
  readonly name: string;
  readonly how: 'active' | 'eligible';
}

/**
 * Memberships that matter for the decision. Whoever could make themselves a member or an owner of a group for some hours (PIM for
 * Groups) counts as one.
 */
export interface GroupFacts {
  /** Member or owner of a group that may hold directory roles. */
  readonly inRoleAssignableGroup: boolean;
  /** Member of a protected group of the configuration: never gets a pass. */
  readonly inProtectedGroup: boolean;
  /** Member of the configured VIP group: a second person decides. */
  readonly inVipGroup: boolean;
  /** Member or owner of a group of the helpdesk: technicians, approvers, auditors or leads. */
  readonly inHelpdeskGroup: boolean;
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

/** The pass that the caller has in the directory, whoever created it. Graph keeps one for each person. */
export interface ExistingPass {
  readonly passId: string;
  /** When it was created, by Microsoft's clock; `null` when Graph does not say. */
  readonly createdAt: Instant | null;
  /** False only when Graph says that it has expired or was used up. One that becomes usable later is alive. */
  readonly alive: boolean;
}

/** Our clock, measured against Microsoft's. */
export interface ClockFacts {
  /** Seconds that our clock is ahead of Microsoft's, in steps of half a minute; negative when it is behind. */
  readonly secondsAhead: number;
}

/** The risk that Microsoft Entra ID Protection reports (needs P2). */
export interface RiskFacts {
  readonly level: 'none' | 'low' | 'medium' | 'high';
  readonly confirmedCompromised: boolean;
}

/**
 * Closed list: why a number on record is nobody's own. `not-a-telephone-number`: a short code, an extension without its number, or no
 * number at all. `not-a-personal-number`: a premium, shared-cost, company-wide or other service number.
 */
export type UnfitNumber = 'not-a-telephone-number' | 'not-a-personal-number';

/** A telephone number on record. The number itself stays outside the procedure, which knows a reference to it. */
export interface NumberOnRecord {
  /** Stable within a case, e.g. `business-phone`, `method:<id>`. */
  readonly ref: string;
  readonly source:
    'directory-office' | 'directory-mobile' | 'registered-mobile' | 'registered-alternate' | 'registered-office';
  /** The last two digits; no more of a number is stored. */
  readonly lastDigits: string;
  /** Keyed digest of the complete number, to tell whether it is still the same one. Empty when it was not computed. */
  readonly digest: string;
  /** Why it cannot be one person's number, whoever has it; `null` when it can. Such a number is not used for a callback. */
  readonly unfit: UnfitNumber | null;
  /** How many other people have the same number on record. */
  readonly others: Reading<number>;
  /** Since when the number is known not to have changed. A number whose age is unread is not used for a callback. */
  readonly age: Reading<Age>;
}

/** The account of the manager on record: who vouches for somebody must be at work, and one of us. */
export type ManagerFacts = Pick<AccountFacts, 'enabled' | 'kind'>;

/** Closed list: how somebody said no to a pass. "This was not me" is a stop, and not among them. */
export type NoKind = 'approval-denied' | 'manager-declined' | 'someone-else-answered';

/** An earlier "no" about this caller. */
export interface EarlierNo {
  readonly kind: NoKind;
  readonly at: Instant;
}

/** Earlier contacts about this caller, from our own ledger. */
export interface ContactHistory {
  /** Cases and refusals about this caller in the last 24 hours, by any technician, without this one. */
  readonly contactsLastDay: number;
  /** The same for the last 30 days. */
  readonly contactsLastMonth: number;
  /** When the caller or their manager pressed "This was not me"; `null` when nobody did within the configured time. */
  readonly objectedAt: Instant | null;
  /** The latest "no" of each kind within the configured time, newest first. */
  readonly noes: readonly EarlierNo[];
}

/** Everything the procedure bases its decisions on. It is read again before a pass is issued. */
export interface CallerFacts {
  readonly readAt: Instant;
  readonly account: Reading<AccountFacts>;
  readonly methods: Reading<readonly RegisteredMethod[]>;
  readonly registration: Reading<RegistrationFacts>;
  readonly activeRoles: Reading<readonly RoleFact[]>;
  /** Unread, too, when it could not be read which groups they could get into by themselves. */
  readonly eligibleRoles: Reading<readonly RoleFact[]>;
  readonly groups: Reading<GroupFacts>;
  readonly passPolicy: Reading<PassPolicyFacts>;
  /** The pass the caller has now; `null` when there is none. */
  readonly existingPass: Reading<ExistingPass | null>;
  readonly clock: Reading<ClockFacts>;
  readonly risk: Reading<RiskFacts>;
  readonly numbers: Reading<readonly NumberOnRecord[]>;
  /** The manager on record; `null` when there is none. */
  readonly manager: Reading<PersonId | null>;
  /** Since when the manager on record is known not to have changed; `null` when there is none. */
  readonly managerAge: Reading<Age | null>;
  /** The account of the manager on record; `null` when there is none. */
  readonly managerAccount: Reading<ManagerFacts | null>;
  /** The caller is the technician's manager, or the other way round. Then the technician should not decide alone. */
  readonly closeToTechnician: Reading<boolean>;
  /** Keyed digests of the technician's own numbers on record: a call to one of them reaches the technician. */
  readonly technicianNumbers: Reading<readonly string[]>;
  readonly history: Reading<ContactHistory>;
}

/**
 * The name of a part, as the ledger has it. The age of a number is named by where the number comes from, never by its digits.
 */
export type FactPart =
  | Exclude<keyof CallerFacts, 'readAt' | 'managerAge' | 'managerAccount'>
  | 'manager-age'
  | 'manager-account'
  | 'number-sharing'
  | `number-age:${NumberOnRecord['source']}`
  /** Not about the caller: whether those who approved may still do so. */
  | 'approvers';

/** A part that could not be read, and why. */
export interface MissingPart {
  readonly part: FactPart;
  readonly why: UnreadReason;
}
