/**
 * How far callers have come with a self-service reset, according to the tenant's audit log. Microsoft's texts are
 * recognized by how they begin, whatever their case. An unknown text never counts as a successful reset.
 */
import type { SelfServiceProgress } from '../procedure/case.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { read, unread } from './answer.ts';
import { aboutClause, auditPath, readAuditPage, sinceClause } from './audit-shapes.ts';
import type { AuditEntry } from './audit-shapes.ts';
import type { GraphClient } from './client.ts';
import { literal, segment } from './odata.ts';
import type { GraphPath } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { impersonal } from './text.ts';

const SERVICE = 'Self-service Password Management';
/** People in one request: fifteen clauses keep the address well under the limits of proxies. */
const PEOPLE_PER_REQUEST = 15;
const PAGE = 500;
const MAX_PAGES = 4;

/** Progress of one person. */
export interface SelfServiceEvent {
  readonly about: PersonId;
  readonly progress: SelfServiceProgress;
}

type Step = SelfServiceProgress['step'];

/** Reasons of the flow, by their beginning or a telling part, most decisive first. */
const FLOW: readonly { readonly says: RegExp; readonly step: Step }[] = [
  { says: /blocked for 24 hours|too many (times|invalid)/i, step: 'blocked' },
  { says: /^user successfully reset/i, step: 'succeeded' },
  { says: /^user (cancelled|canceled|abandoned|contacted an admin)/i, step: 'failed' },
  { says: /^user submitted their user id/i, step: 'id-entered' },
  { says: /^user (was presented with|started|completed|passed)/i, step: 'verifying' },
];

/** The step an entry tells; `null` when it says nothing about a caller's own reset. */
export function stepOf(entry: Pick<AuditEntry, 'activityDisplayName' | 'result' | 'resultReason'>): Step | null {
  const activity = entry.activityDisplayName.toLowerCase();
  const succeeded = entry.result.toLowerCase() === 'success';
  // Its result is `success`: the blocking succeeded.
  if (activity.startsWith('blocked from self-service password reset')) return 'blocked';
  if (
    activity.startsWith('reset password (self-service)') ||
    activity.startsWith('unlock user account (self-service)')
  ) {
    return succeeded ? 'succeeded' : 'failed';
  }
  if (!activity.startsWith('self-service password reset flow activity')) return null;
  const known = FLOW.find(({ says }) => says.test(entry.resultReason.trim()));
  if (known) return known.step === 'succeeded' && !succeeded ? 'failed' : known.step;
  return succeeded ? 'verifying' : 'failed';
}

function eventsIn(entries: readonly AuditEntry[], about: ReadonlySet<string>): SelfServiceEvent[] {
  return entries.flatMap((entry) => {
    const step = stepOf(entry);
    if (step === null) return [];
    const reason = impersonal(entry.resultReason, 200);
    const progress = { step, reason: reason === '' ? null : reason, at: entry.activityDateTime };
    const people = new Set(entry.targetResources.map(({ id }) => id ?? '').filter((id) => about.has(id)));
    return [...people].map((person) => ({ about: person as PersonId, progress }));
  });
}

async function entriesAbout(
  client: GraphClient,
  gate: ReportRateLimit,
  since: Instant,
  people: readonly PersonId[],
): Promise<Reading<readonly AuditEntry[]>> {
  const anybody = people.map((person) => aboutClause(segment(person))).join(' or ');
  const filter = `${sinceClause(since)} and loggedByService eq ${literal(SERVICE)} and (${anybody})`;
  const entries: AuditEntry[] = [];
  let where: GraphPath | null = auditPath(filter, PAGE);
  for (let n = 0; where !== null; n += 1) {
    if (n === MAX_PAGES) return unread('unknown-shape'); // 2,000 entries about fifteen people: something is wrong
    const page: Reading<{ readonly items: readonly AuditEntry[]; readonly next: string | null }> = await readAuditPage(
      client,
      gate,
      'watch',
      where,
    );
    if (page.kind !== 'read') return page;
    entries.push(...page.value.items);
    where = page.value.next as GraphPath | null; // an address of Graph's own, followed as it is
  }
  return read(entries);
}

/**
 * Self-service events about these people since a moment, oldest first. One request for up to fifteen people.
 * Unread as a whole when any request is: a gap in the middle would hide a step.
 */
export async function selfServiceEvents(
  client: GraphClient,
  gate: ReportRateLimit,
  since: Instant,
  about: readonly PersonId[],
): Promise<Reading<readonly SelfServiceEvent[]>> {
  const everybody = [...new Set(about)];
  const events: SelfServiceEvent[] = [];
  for (let n = 0; n < everybody.length; n += PEOPLE_PER_REQUEST) {
    const some = everybody.slice(n, n + PEOPLE_PER_REQUEST);
    const entries = await entriesAbout(client, gate, since, some);
    if (entries.kind !== 'read') return entries;
    events.push(...eventsIn(entries.value, new Set(some)));
  }
  // The log comes newest first. Turned around before sorting, entries of the same moment stay in their order.
  return read(events.reverse().sort((a, b) => a.progress.at - b.progress.at));
}
