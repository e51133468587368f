/**
 * When a caller's numbers last changed, according to the tenant's audit log. An entry that may have changed a number
 * counts as a change: a number is proof only if nobody changed it lately, and an attacker may have done so yesterday.
 */
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { mapReading } from './answer.ts';
import { aboutClause, auditPath, readAuditPage, sinceClause } from './audit-shapes.ts';
import type { AuditEntry } from './audit-shapes.ts';
import type { GraphClient } from './client.ts';
import { segment } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How many days the log is kept, with a plan (P1 or P2) and without. */
const KEPT_DAYS = { licensed: 30, free: 7 } as const;
const PAGE = 500;

/** The latest change of each kind of number, and of the manager on record; `null` = none since `reachesBackTo`. */
export interface NumberChanges {
  readonly reachesBackTo: Instant;
  readonly office: Instant | null;
  readonly mobile: Instant | null;
  readonly registered: Instant | null;
  readonly manager: Instant | null;
}

type NumberKind = 'office' | 'mobile' | 'registered' | 'manager';
const EVERY_KIND: readonly NumberKind[] = ['office', 'mobile', 'registered', 'manager'];

/** Values in the log are JSON inside JSON strings, sometimes twice. Text that is not JSON is returned as it is. */
function unwrapped(value: string): unknown {
  let current: unknown = value;
  for (let depth = 0; depth < 3 && typeof current === 'string'; depth += 1) {
    try {
      current = JSON.parse(current);
    } catch {
      return current; // plain text
    }
  }
  return current;
}

const STRONG_PHONE_KEYS = new Set(['PhoneNumber', 'AlternativePhoneNumber', 'VoiceOnlyPhoneNumber']);

/** The phone numbers inside a `StrongAuthenticationUserDetails` value, as one text that can be compared; `null` = unreadable. */
function strongPhones(value: string): string | null {
  const inner = unwrapped(value);
  if (inner === null || inner === '') return '';
  const details: unknown = Array.isArray(inner) ? inner[0] : inner;
  if (details === undefined) return '';
  if (typeof details !== 'object' || details === null) return null;
  return JSON.stringify(Object.entries(details).filter(([key, number]) => STRONG_PHONE_KEYS.has(key) && number));
}

/** Which kinds of numbers a property name can mean. The names are not documented, so the match is generous. */
function kindsNamed(name: string): readonly NumberKind[] {
  if (/^manager$/i.test(name.trim())) return ['manager'];
  if (/StrongAuthentication(PhoneApp|Method|Requirement)/i.test(name)) return [];
  if (/StrongAuthentication/i.test(name)) return ['registered'];
  if (/mobile/i.test(name)) return ['mobile'];
  return /phone/i.test(name) ? ['office'] : [];
}

function changedByUpdate(entry: AuditEntry): readonly NumberKind[] {
  const properties = entry.targetResources.flatMap(({ modifiedProperties }) => modifiedProperties);
  if (properties.length === 0) return EVERY_KIND; // something was updated, and the entry does not say what
  return properties.flatMap(({ displayName, oldValue, newValue }) => {
    if (/Included Updated Properties/i.test(displayName)) {
      const names = String(unwrapped(newValue)).split(',');
      // The registered numbers come with their own old and new values, which are compared below.
      return names.flatMap((name) => kindsNamed(name).filter((kind) => kind !== 'registered'));
    }
    const kinds = kindsNamed(displayName);
    if (!kinds.includes('registered')) return kinds;
    const before = strongPhones(oldValue);
    return before !== null && before === strongPhones(newValue) ? [] : kinds;
  });
}

const REGISTERING = /^(user|admin) (registered|updated|changed default) security info/i;

/** Which kinds of numbers an entry changed, or may have changed. */
export function numbersChangedBy(entry: AuditEntry): readonly NumberKind[] {
  const { activityDisplayName, resultReason, result } = entry;
  if (/^failure$/i.test(result)) return [];
  if (/^update user$/i.test(activityDisplayName)) return changedByUpdate(entry);
  if (/user manager$/i.test(activityDisplayName)) return ['manager'];
  if (!REGISTERING.test(activityDisplayName)) return [];
  if (resultReason === '') return ['registered'];
  const aboutPhone = /phone|sms|voice|call/i.test(resultReason.replaceAll(/phone ?app|authenticator/gi, ''));
  return aboutPhone ? ['registered'] : [];
}

/** The changes in entries that reach back to a moment. */
export function changesIn(entries: readonly AuditEntry[], reachesBackTo: Instant): NumberChanges {
  const latest: Record<NumberKind, Instant | null> = {
    ...{ office: null, mobile: null, registered: null, manager: null },
  };
  for (const entry of entries) {
    for (const kind of numbersChangedBy(entry)) {
      latest[kind] = Math.max(latest[kind] ?? 0, entry.activityDateTime) as Instant;
    }
  }
  return { reachesBackTo, ...latest };
}

/** The changes in the log, once it is known whether this tenant has a plan and so how long it keeps the log. */
type ChangeLog = (licensed: boolean) => NumberChanges;

/**
 * Reads the log about a caller. With more entries than fit on one page, it reaches back to the oldest on that page.
 * A tenant without a plan keeps seven days, so "no change in the answer" must not count as thirty days without one.
 */
export async function readNumberChanges(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  caller: PersonId,
  now: Instant,
): Promise<Reading<ChangeLog>> {
  const since = (now - KEPT_DAYS.licensed * DAY_MS) as Instant;
  const filter = `${sinceClause(since)} and ${aboutClause(segment(caller))}`;
  const page = await readAuditPage(client, rateLimit, 'person', auditPath(filter, PAGE));
  return mapReading(page, ({ items, next }) => (licensed: boolean) => {
    const kept = licensed ? since : ((now - KEPT_DAYS.free * DAY_MS) as Instant);
    const oldest = next === null ? kept : Math.min(...items.map(({ activityDateTime }) => activityDateTime));
    return changesIn(items, Math.min(now, Math.max(kept, oldest)) as Instant);
  });
}
