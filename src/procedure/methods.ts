/**
 * What a registered method is worth for a self-service reset.
 * The one rule kept here: a method counts only if Microsoft's reset page accepts it, and each *gate* counts once.
 */
import type { CallerFacts, MethodKind, RegisteredMethod } from './facts.ts';
import { holdsPrivilegedRole } from './stops.ts';

/** How much a method helps, for the checklist and the ranking on the card. */
export interface MethodWorth {
  readonly countsForSelfService: boolean;
  readonly strength: 'strong' | 'weak' | 'none';
  /** The day Microsoft ends it, as announced; `null` when no end is known. ISO date. */
  readonly retires: string | null;
}

/** Microsoft ends its own SMS and voice delivery on this day, for the reset page too. */
const SMS_AND_VOICE_END = '2027-02-01';
/** Security questions end in March 2027. */
const QUESTIONS_END = '2027-03-31';

const NOTHING: MethodWorth = { countsForSelfService: false, strength: 'none', retires: null };

const WORTH: Readonly<Record<MethodKind, MethodWorth>> = {
  'authenticator-app': { countsForSelfService: true, strength: 'strong', retires: null },
  'software-token': { countsForSelfService: true, strength: 'strong', retires: null },
  'hardware-token': { countsForSelfService: true, strength: 'strong', retires: null },
  'mobile-phone': { countsForSelfService: true, strength: 'strong', retires: SMS_AND_VOICE_END },
  'alternate-mobile-phone': { countsForSelfService: true, strength: 'strong', retires: SMS_AND_VOICE_END },
  'office-phone': { countsForSelfService: true, strength: 'weak', retires: SMS_AND_VOICE_END },
  email: { countsForSelfService: true, strength: 'weak', retires: null },
  'security-questions': { countsForSelfService: true, strength: 'weak', retires: QUESTIONS_END },
  passkey: NOTHING,
  'windows-hello': NOTHING,
  'platform-credential': NOTHING,
  external: NOTHING,
  'temporary-access-pass': NOTHING,
  password: NOTHING,
  other: NOTHING,
};

/** What a kind of method is worth. Source: Microsoft's list of methods the reset page accepts. */
export function worthOf(kind: MethodKind): MethodWorth {
  return WORTH[kind];
}

/**
 * The gate a method opens at the reset page. Two phones of the mobile kind, or app and token codes, are one gate:
 * counting them twice would send a caller to a page that turns them away.
 */
function gateOf(kind: MethodKind): string {
  switch (kind) {
    case 'mobile-phone':
    case 'alternate-mobile-phone':
      return 'mobile';
    case 'authenticator-app':
    case 'software-token':
    case 'hardware-token':
      return 'code';
    default:
      return kind;
  }
}

/** How many gates the methods open, security questions left out for administrators. */
export function slotsOpenedBy(methods: readonly RegisteredMethod[], facts: Pick<CallerFacts, 'activeRoles'>): number {
  const administrator = holdsPrivilegedRole(facts);
  const gates = methods
    .filter((method) => worthOf(method.kind).countsForSelfService)
    .filter((method) => !(administrator && method.kind === 'security-questions'))
    .map((method) => gateOf(method.kind));
  return new Set(gates).size;
}

/** The number of methods this caller needs. Administrators always need two, whatever the tenant's setting. */
export function methodsRequired(
  facts: Pick<CallerFacts, 'activeRoles'>,
  policy: { readonly requiredMethods: 1 | 2 },
): 1 | 2 {
  return holdsPrivilegedRole(facts) ? 2 : policy.requiredMethods;
}

/** Whether these methods open enough gates for a self-service reset. */
export function enoughFor(
  methods: readonly RegisteredMethod[],
  required: number,
  facts: Pick<CallerFacts, 'activeRoles'>,
): boolean {
  return slotsOpenedBy(methods, facts) >= required;
}

/** The kinds among these methods that the reset page takes, each once. */
export function kindsForSelfService(methods: readonly RegisteredMethod[]): readonly MethodKind[] {
  return [...new Set(methods.map(({ kind }) => kind))].filter((kind) => worthOf(kind).countsForSelfService);
}
