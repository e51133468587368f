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
/** People in one request: with fifteen clauses the URL stays well below the limits of proxies. */
const PEOPLE_PER_REQUEST = 15;
const PAGE = 500;
const MAX_PAGES = 4;

/** Progress of one person. */
interface SelfServiceEvent {
  readonly about: PersonId;
  readonly progress: SelfServiceProgress;
}

type Step = SelfServiceProgress['step'];

/** Reasons in the log, by how they begin or by a distinctive part; the most decisive first. */
const FLOW: readonly { readonly pattern: RegExp; readonly step: Step }[] = [
  { pattern: /blocked for 24 hours|too many (times|invalid)/i, step: 'blocked' },
  { pattern: /^user successfully reset/i, step: 'succeeded' },
  { pattern: /^user (cancelled|canceled|abandoned|contacted an admin)/i, step: 'failed' },
  { pattern: /^user submitted their user id/i, step: 'id-entered' },
  { pattern: /^user (was presented with|started|completeMemberships|passed)/i, step: 'verifying' },
];

/** The step an entry reports; `null` when it is not about a self-service reset. */
export function stepOf(entry: Pick<AuditEntry, 'activityDisplayName' | 'result' | 'resultReason'>): Step | null {
  const activity = entry.activityDisplayName.toLowerCase();
  const succeeded = entry.result.toLowerCase() === 'success';
  // The result of this entry is `success`, because the block succeeded.
  if (activity.startsWith('blocked from self-service password reset')) return 'blocked';
  if (
    activity.startsWith('reset password (self-service)') ||
    activity.startsWith('unlock user account (self-service)')
  ) {
    return succeeded ? 'succeeded' : 'failed';
  }
  if (!activity.startsWith('self-service password reset flow activity')) return null;
  const known = FLOW.find(({ pattern }) => pattern.test(entry.resultReason.trim()));
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
  rateLimit: ReportRateLimit,
  since: Instant,
  people: readonly PersonId[],
): Promise<Reading<readonly AuditEntry[]>> {
  const anyOfThem = people.map((person) => aboutClause(segment(person))).join(' or ');
  const filter = `${sinceClause(since)} and loggedByService eq ${literal(SERVICE)} and (${anyOfThem})`;
  const entries: AuditEntry[] = [];
  let where: GraphPath | null = auditPath(filter, PAGE);
  for (let n = 0; where !== null; n += 1) {
    if (n === MAX_PAGES) return unread('unknown-shape'); // 2,000 entries about fifteen people: something is wrong
    const page: Reading<{ readonly items: readonly AuditEntry[]; readonly next: string | null }> = await readAuditPage(
      client,
      rateLimit,
      'watch',
      where,
    );
    if (page.kind !== 'read') return page;
    entries.push(...page.value.items);
    where = page.value.next as GraphPath | null; // Graph's own link, followed as it is
  }
  return read(entries);
}

/**
 * Self-service events of these people since a moment, oldest first. One request covers up to fifteen people.
 * When any request is unread, so is the whole result: a gap in the middle would hide a step.
 */
export async function selfServiceEvents(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  since: Instant,
  about: readonly PersonId[],
): Promise<Reading<readonly SelfServiceEvent[]>> {
  const everybody = [...new Set(about)];
  const events: SelfServiceEvent[] = [];
  for (let n = 0; n < everybody.length; n += PEOPLE_PER_REQUEST) {
    const some = everybody.slice(n, n + PEOPLE_PER_REQUEST);
    const entries = await entriesAbout(client, rateLimit, since, some);
    if (entries.kind !== 'read') return entries;
    events.push(...eventsIn(entries.value, new Set(some)));
  }
  // The log is newest first. It is reversed before sorting, so that entries with the same time keep their order.
  return read(events.reverse().sort((a, b) => a.progress.at - b.progress.at));
}
