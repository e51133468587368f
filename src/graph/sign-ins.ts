/**
 * The caller's last sign-ins, from the tenant's log: they explain why somebody cannot get in. They are read in the
 * background, and leave room for technicians who have a caller on the phone.
 */
import { z } from 'zod';
import type { SignInFact } from '../procedure/diagnosis.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, readingOf } from './answer.ts';
import type { GraphClient } from './client.ts';
import { literal, path, segment } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { instant, page } from './shapes.ts';
import { impersonal } from './text.ts';

/** How many sign-ins are read. */
const MAX_SIGN_INS = 25;
const REASON_CHARACTERS = 200;

const CONDITIONAL_ACCESS: Readonly<Record<string, SignInFact['conditionalAccess']>> = {
  success: 'success',
  failure: 'failure',
  notApplied: 'not-applied',
};

const signInShape = z.looseObject({
  createdDateTime: instant,
  conditionalAccessStatus: z.string().nullish(),
  // Without a status it is unknown whether they got in, so such an entry is not accepted.
  status: z.looseObject({ errorCode: z.int(), failureReason: z.string().nullish() }),
});

function factOf(entry: z.output<typeof signInShape>): SignInFact {
  const { errorCode, failureReason } = entry.status;
  return {
    at: entry.createdDateTime,
    errorCode,
    // For a successful sign-in the log says "Other."
    failureReason: errorCode === 0 ? '' : impersonal(failureReason ?? '', REASON_CHARACTERS),
    conditionalAccess: CONDITIONAL_ACCESS[entry.conditionalAccessStatus ?? ''] ?? 'unknown',
  };
}

/** The sign-ins since a moment, newest first, at most 25. `not-licensed` in a tenant without P1; `throttled` when it would wait too long. */
export async function readSignIns(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  caller: PersonId,
  since: Instant,
): Promise<Reading<readonly SignInFact[]>> {
  const who = literal(segment(caller));
  const where = path('/auditLogs/signIns', {
    $filter: `userId eq ${who} and createdDateTime ge ${new Date(since).toISOString()}`,
    $top: MAX_SIGN_INS, // the service returns the newest first
  });
  const answer = await rateLimit.ask('explanation', () =>
    client.ask({ call: 'read-sign-ins', method: 'GET', path: where, once: true }),
  );
  return mapReading(readingOf(answer, page(signInShape)), ({ items }) =>
    items
      .map(factOf)
      .sort((a, b) => b.at - a.at)
      .slice(0, MAX_SIGN_INS),
  );
}
