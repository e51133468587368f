/**
 * The caller's last sign-ins, from the tenant's log: they explain why somebody cannot get in. They are read in the
 * background, and leave room for technicians who have a caller on the phone.
 */
import { z } from 'zod';
import { outsideTurns } from '../casework/ports/turn-id.ts';
import type { SignInFact } from '../procedure/diagnosis.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, readingOf } from './answer.ts';
import type { GraphClient } from './client.ts';
import { literal, path, segment } from './odata.ts';
import type { GraphPath } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { id, instant, page } from './shapes.ts';
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
  userId: id.nullish(),
  createdDateTime: instant,
  conditionalAccessStatus: z.string().nullish(),
  // Without a status it is unknown whether they got in, so such an entry is not accepted.
  status: z.looseObject({ errorCode: z.int(), failureReason: z.string().nullish() }),
});

const signInPage = page(signInShape);

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

/** Reads sign-ins since a moment, newest first, at most 25. `not-licensed` in a tenant without P1. */
export type SignInReader = (caller: PersonId, since: Instant) => Promise<Reading<readonly SignInFact[]>>;

/** Somebody's sign-ins that are to be read. */
interface Wanted {
  readonly caller: PersonId;
  readonly since: Instant;
  readonly tell: (signIns: Reading<readonly SignInFact[]>) => void;
  readonly fail: (error: unknown) => void;
}

/** How many callers one request asks about: its address stays well below the limits of proxies. */
const CALLERS_IN_ONE = 10;

/**
 * Creates the reader. The log allows few requests, so whoever waits when the next one may be sent is asked about in that one.
 * When more entries match than fit into the answer, the answer may lack those of a caller with few: they are asked for by
 * themselves. `throttled` when it would wait too long.
 */
export function signInReader(client: GraphClient, rateLimit: ReportRateLimit): SignInReader {
  let waiting: Wanted[] = [];
  let running = false;
  let together = true; // until the tenant refuses a filter about several people

  /** One request: for everybody who waits when it may be sent. */
  async function readNext(): Promise<void> {
    let asked: readonly Wanted[] = [];
    const answer = await rateLimit.ask('explanation', () => {
      asked = waiting.splice(0, together ? CALLERS_IN_ONE : 1);
      return client.ask({ call: 'read-sign-ins', method: 'GET', path: pathFor(asked), once: true });
    });
    const found = readingOf(answer, signInPage);
    if (asked.length === 0) {
      for (const { tell } of waiting.splice(0)) tell(mapReading(found, () => [])); // it was not sent
    } else if (asked.length > 1 && found.kind !== 'read' && found.why === 'unknown-shape') {
      together = false;
      waiting = [...asked, ...waiting];
    } else {
      for (const one of asked) hand(one, found, asked.length > 1);
    }
  }

  function hand(one: Wanted, found: Reading<z.output<typeof signInPage>>, amongOthers: boolean): void {
    const own = mapReading(found, ({ items }) =>
      items
        .filter(
          ({ userId, createdDateTime }) => !amongOthers || (userId === one.caller && createdDateTime >= one.since),
        )
        .map(factOf)
        .sort((a, b) => b.at - a.at)
        .slice(0, MAX_SIGN_INS),
    );
    const cutOff = amongOthers && found.kind === 'read' && found.value.next !== null;
    if (cutOff && own.kind === 'read' && own.value.length < MAX_SIGN_INS) readAlone(one).catch(one.fail);
    else one.tell(own);
  }

  async function readAlone(one: Wanted): Promise<void> {
    const answer = await rateLimit.ask('explanation', () =>
      client.ask({ call: 'read-sign-ins', method: 'GET', path: pathFor([one]), once: true }),
    );
    hand(one, readingOf(answer, signInPage), false);
  }

  async function readAll(): Promise<void> {
    running = true;
    try {
      while (waiting.length > 0) await readNext();
    } finally {
      running = false;
    }
  }

  return (caller, since) =>
    new Promise((resolve, reject) => {
      waiting.push({ caller, since, tell: resolve, fail: reject });
      // A bug fails everybody who waits; what Graph answers never does.
      if (!running)
        outsideTurns(readAll).catch((error: unknown) => waiting.splice(0).forEach(({ fail }) => fail(error)));
    });
}

function pathFor(asked: readonly Wanted[]): GraphPath {
  const people = asked.map(({ caller }) => `userId eq ${literal(segment(caller))}`).join(' or ');
  const since = new Date(Math.min(...asked.map((one) => one.since))).toISOString();
  return path('/auditLogs/signIns', {
    $filter: `${asked.length > 1 ? `(${people})` : people} and createdDateTime ge ${since}`,
    $top: MAX_SIGN_INS * asked.length, // the service returns the newest first
  });
}
