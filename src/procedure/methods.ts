/**
 * What a registered method is worth for a self-service reset.
 * A method counts only if Microsoft's reset page accepts it. The page asks for different kinds of proof, here called slots, and two
 * methods that fill the same slot count as one.
 */
import type { CallerFacts, MethodKind, RegisteredMethod } from './facts.ts';
import { holdsPrivilegedRole } from './stops.ts';

/** How much a kind of method helps with a self-service reset. */
export interface MethodWorth {
  readonly countsForSelfService: boolean;
  readonly strength: 'strong' | 'weak' | 'none';
  /** The announced day on which Microsoft ends it, as an ISO date; `null` when no end is known. */
  readonly retires: string | null;
}

/** On this day Microsoft stops delivering SMS and voice calls itself, also for the reset page. */
const SMS_AND_VOICE_END = '2027-02-01';
/** Microsoft ends security questions in March 2027. */
const QUESTIONS_END = '2027-03-31';

const NOT_ACCEPTED: MethodWorth = { countsForSelfService: false, strength: 'none', retires: null };

const WORTH: Readonly<Record<MethodKind, MethodWorth>> = {
  'authenticator-app': { countsForSelfService: true, strength: 'strong', retires: null },
  'software-token': { countsForSelfService: true, strength: 'strong', retires: null },
  'hardware-token': { countsForSelfService: true, strength: 'strong', retires: null },
  'mobile-phone': { countsForSelfService: true, strength: 'strong', retires: SMS_AND_VOICE_END },
  'alternate-mobile-phone': { countsForSelfService: true, strength: 'strong', retires: SMS_AND_VOICE_END },
  'office-phone': { countsForSelfService: true, strength: 'weak', retires: SMS_AND_VOICE_END },
  email: { countsForSelfService: true, strength: 'weak', retires: null },
  'security-questions': { countsForSelfService: true, strength: 'weak', retires: QUESTIONS_END },
  passkey: NOT_ACCEPTED,
  'windows-hello': NOT_ACCEPTED,
  'platform-credential': NOT_ACCEPTED,
  external: NOT_ACCEPTED,
  'temporary-access-pass': NOT_ACCEPTED,
  password: NOT_ACCEPTED,
  other: NOT_ACCEPTED,
};

/** What a kind of method is worth. Source: Microsoft's list of the methods that the reset page accepts. */
export function worthOf(kind: MethodKind): MethodWorth {
  return WORTH[kind];
}

/**
 * The slot of the reset page that a kind of method fills. Two mobile phones share a slot, and so do the codes of an app and of a
 * token. Counting them twice would send a caller to a page that then turns them down.
 */
function slotOf(kind: MethodKind): string {
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

/** How many slots of the reset page these methods fill. Security questions do not count for administrators. */
export function slotsOpenedBy(methods: readonly RegisteredMethod[], facts: Pick<CallerFacts, 'activeRoles'>): number {
  const administrator = holdsPrivilegedRole(facts);
  const slots = methods
    .filter((method) => worthOf(method.kind).countsForSelfService)
    .filter((method) => !(administrator && method.kind === 'security-questions'))
    .map((method) => slotOf(method.kind));
  return new Set(slots).size;
}

/** How many methods this caller needs. Administrators always need two, whatever the tenant's setting is. */
export function methodsRequired(
  facts: Pick<CallerFacts, 'activeRoles'>,
  policy: { readonly requiredMethods: 1 | 2 },
): 1 | 2 {
  return holdsPrivilegedRole(facts) ? 2 : policy.requiredMethods;
}

/** Whether these methods fill enough slots for a self-service reset. */
export function enoughFor(
  methods: readonly RegisteredMethod[],
  required: number,
  facts: Pick<CallerFacts, 'activeRoles'>,
): boolean {
  return slotsOpenedBy(methods, facts) >= required;
}

/** The kinds of these methods that the reset page accepts, each once. */
export function kindsForSelfService(methods: readonly RegisteredMethod[]): readonly MethodKind[] {
  return [...new Set(methods.map(({ kind }) => kind))].filter((kind) => worthOf(kind).countsForSelfService);
}
