/**
 * What an update of the tenant index may look like, and how its rows are read back.
 * An update that does not fit is refused before anything is written, and the refusal never repeats a value. A row that does
 * not parse is damage.
 */
import { z } from 'zod';
import type { Sighting } from '../procedure/ages.ts';
import type { GroupId, Instant } from '../procedure/facts.ts';
import type {
  FactSighting,
  FollowedFact,
  IndexUpdate,
  KnownRegistration,
  KnownRisk,
  SourceName,
  SourceStatus,
  TenantEvent,
} from '../casework/ports/tenant-index.ts';
import { progress } from './case-shape.ts';
import { personId, whatIsWrong } from './entry-shape.ts';
import { exactly, instant, oneOf, registration, risk, unread } from './facts-shape.ts';
import { corrupt } from './failures.ts';
import { inGroups } from './index-groups.ts';
import { fromText } from './time.ts';

export const sourceName = oneOf<SourceName>({
  people: true,
  everybody: true,
  audit: true,
  'audit-history': true,
  risk: true,
  registration: true,
  members: true,
});

/** Graph's links are some hundred characters long. */
const cursor = z.string().max(16_000);

const status = exactly<SourceStatus>({
  source: sourceName,
  cursor: cursor.nullable(),
  seenUpTo: instant.nullable(),
  observedSince: instant.nullable(),
  trouble: unread.nullable(),
});

export const troubleShape = unread.nullable();

/** `method:` and Graph's id of the method, which is a GUID or a short word. A number or an address does not pass. */
export const followedFact = z
  .string()
  .regex(/^(office-number|mobile-number|manager|method:[A-Za-z0-9_-]{1,200})$/) as unknown as z.ZodType<FollowedFact>;

/** HMAC-SHA-256 as base64url. Anything else, a telephone number for one, was not made by `digest`. */
export const digestText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const sightings: { readonly [K in Sighting['kind']]: z.ZodType<Extract<Sighting, { kind: K }>> } = {
  value: exactly({ kind: z.literal('value'), digest: digestText, at: instant }),
  change: exactly({ kind: z.literal('change'), digest: digestText, at: instant }),
  'logged-change': exactly({ kind: z.literal('logged-change'), at: instant, seenAt: instant }),
};
const sighting: z.ZodType<Sighting> = z.union(Object.values(sightings));

/** A sign of life of Microsoft's log: printable, and too short for a sentence about somebody. */
const eventId = z.string().regex(/^[\x21-\x7e]{1,200}$/);
/** The name of an activity, as Microsoft words it. */
const activity = z.string().max(200);

type What = TenantEvent['what'];
type PlainKind = Exclude<What['kind'], 'self-service' | 'security-info'>;

/** What an event tells. */
export const eventWhat: z.ZodType<What> = z.union([
  exactly<Extract<What, { kind: 'self-service' }>>({ kind: z.literal('self-service'), progress }),
  exactly<Extract<What, { kind: 'security-info' }>>({ kind: z.literal('security-info'), activity }),
  exactly<{ readonly kind: PlainKind }>({
    kind: oneOf<PlainKind>({
      'pass-created': true,
      'pass-deleted': true,
      'reset-by-administrator': true,
      'policy-changed': true,
    }),
  }),
]);

/** Lower-case GUID. */
export const groupId = personId as unknown as z.ZodType<GroupId>;

export const riskShape = risk;
export const registrationShape = registration;

/** Pages of Graph hold up to 999 people; a list of everybody comes page by page. */
const many = <T>(item: z.ZodType<T>) => z.array(item).max(200_000).readonly().optional();

const update = z.strictObject({
  status: status.optional(),
  sightings: many(exactly<FactSighting>({ person: personId, fact: followedFact, seen: sighting })),
  events: many(exactly<TenantEvent>({ id: eventId, at: instant, about: personId, what: eventWhat })),
  risks: many(exactly<KnownRisk>({ person: personId, facts: risk, at: instant })),
  risksAreComplete: z.boolean().optional(),
  registrations: many(
    exactly<{ readonly person: KnownRisk['person']; readonly known: KnownRegistration }>({
      person: personId,
      known: exactly<KnownRegistration>({ facts: registration, readAt: instant }),
    }),
  ),
  members: many(
    exactly<{ readonly group: GroupId; readonly people: readonly KnownRisk['person'][] }>({
      group: groupId,
      people: z.array(personId).readonly(),
    }),
  ),
});

/** An update that was checked. */
export type CheckedUpdate = z.infer<typeof update>;

/** Checks an update. Throws a TypeError that names the field, never the value: a wrong update is a bug of the caller. */
export function checkUpdate(given: IndexUpdate): CheckedUpdate {
  const parsed = update.safeParse(given);
  if (!parsed.success) throw new TypeError(`not an update of the tenant index: ${whatIsWrong(parsed.error)}`);
  return parsed.data;
}

const LISTS = ['sightings', 'events', 'risks', 'registrations'] as const;

/** The same for long lists: the event loop gets its turns in between. Nothing is handed on before all of it was checked. */
export async function checkLongUpdate(given: IndexUpdate): Promise<CheckedUpdate> {
  let checked = checkUpdate({ ...given, ...Object.fromEntries(LISTS.map((name) => [name, given[name]?.slice(0, 1)])) });
  for (const name of LISTS) {
    const items: unknown[] = [];
    await inGroups<unknown>(given[name] ?? [], (group) => {
      items.push(...(checkUpdate({ [name]: group })[name] ?? []));
      return Promise.resolve();
    });
    checked = { ...checked, [name]: items };
  }
  return checked;
}

/** Reads a column back. Throws Fault `ledger-corrupt`. */
export function readColumn<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw corrupt('a row of the tenant index cannot be read');
  return parsed.data;
}

/** Reads a column that holds JSON. Throws Fault `ledger-corrupt`. */
export function readJson<T>(shape: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt('a row of the tenant index is not JSON', error);
  }
  return readColumn(shape, json);
}

/** Reads a moment. Throws Fault `ledger-corrupt`. */
export function readMoment(text: string): Instant {
  const at = fromText(text);
  if (at === null) throw corrupt('a row of the tenant index has no readable time');
  return at;
}

/** Reads a moment that may be missing. Throws Fault `ledger-corrupt`. */
export function readMomentOrNull(text: string | null): Instant | null {
  return text === null ? null : readMoment(text);
}
