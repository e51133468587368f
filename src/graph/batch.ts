/**
 * Many reads in one round trip: Graph's `$batch`. Only reads go in, and every part that was asked for comes out,
 * answered or not.
 *
 * The SDK's own batch classes turn a body into "[object Object]" when a part comes back with a Content-Type they spell
 * differently. So requests and answers are built and read here.
 */
import { z } from 'zod';
import { whyUnread } from './answer.ts';
import type { Answer } from './answer.ts';
import type { GraphClient } from './client.ts';
import type { GraphPath } from './odata.ts';
import { MAX_WAIT_MS, pauseBeforeRetry, retryAfterMs } from './retry-reads.ts';

/** One read of a batch. A part with `groupIds` calls `checkMemberGroups`, the one read that is a POST. */
export interface Part {
  readonly path: GraphPath;
  readonly headers?: Readonly<Record<string, string>>;
  readonly groupIds?: readonly string[];
}

/** Graph's own limit. */
export const MAX_PARTS = 20;

const batchAnswer = z.looseObject({
  responses: z.array(
    z.looseObject({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});

function header(headers: Readonly<Record<string, unknown>> | null | undefined, name: string): string | null {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return typeof found?.[1] === 'string' || typeof found?.[1] === 'number' ? String(found[1]) : null;
}

function request(id: string, part: Part): Record<string, unknown> {
  if (part.groupIds === undefined) {
    return { id, method: 'GET', url: part.path, ...(part.headers && { headers: part.headers }) };
  }
  const headers = { ...part.headers, 'Content-Type': 'application/json' };
  return { id, method: 'POST', url: part.path, headers, body: { groupIds: part.groupIds } };
}

async function askOnce(
  client: GraphClient,
  call: string,
  parts: ReadonlyMap<string, Part>,
  now: number,
): Promise<Map<string, Answer>> {
  const whole = await client.ask({
    call,
    method: 'POST',
    path: '/$batch' as GraphPath,
    body: { requests: [...parts].map(([id, part]) => request(id, part)) },
  });
  const everyPart = (answer: Answer) => new Map([...parts.keys()].map((id) => [id, answer] as const));
  // The status of the batch is not the status of its parts: a 404 here must not mean "has no manager".
  if (whole.kind !== 'answered') return everyPart(whole);
  const shaped = whole.status === 200 ? batchAnswer.safeParse(whole.body) : undefined;
  if (shaped?.success !== true) {
    const why = whole.status === 200 || whole.status === 404 ? 'unknown-shape' : whyUnread(whole);
    return everyPart({ kind: 'unanswered', why, sent: true });
  }
  const answers = everyPart({ kind: 'unanswered', why: 'missing', sent: true });
  for (const { id, status, headers, body } of shaped.data.responses) {
    if (!answers.has(id)) continue;
    answers.set(id, {
      kind: 'answered',
      status,
      body,
      retryAfterMs: retryAfterMs(header(headers, 'retry-after'), now),
      requestId: header(headers, 'request-id') ?? whole.requestId,
    });
  }
  return answers;
}

/** Asks any number of parts, twenty at a time. A part after the first twenty is asked when those before it were answered. */
export async function askAll(
  client: GraphClient,
  call: string,
  parts: Readonly<Record<string, Part>>,
  now: number,
): Promise<ReadonlyMap<string, Answer>> {
  const entries = Object.entries(parts);
  const answers = new Map<string, Answer>();
  for (let from = 0; from < entries.length; from += MAX_PARTS) {
    const some = Object.fromEntries(entries.slice(from, from + MAX_PARTS));
    for (const [name, answer] of Object.entries(await askTogether(client, call, some, now))) answers.set(name, answer);
  }
  return answers;
}

/** The answer to a part that was not asked. */
export const NOT_ASKED: Answer = { kind: 'unanswered', why: 'not-asked', sent: false };

/**
 * Asks all parts at once. Throttled parts are asked once more, together, if the wait they need is short enough;
 * both round trips share one deadline.
 * `now` is the time, for a `Retry-After` that is a date. Throws RangeError for more than twenty parts (a bug).
 */
export async function askTogether<Name extends string>(
  asking: GraphClient,
  call: string,
  parts: Readonly<Record<Name, Part>>,
  now: number,
): Promise<Record<Name, Answer>> {
  const client = asking.withOneDeadline();
  const asked = new Map(Object.entries<Part>(parts));
  if (asked.size > MAX_PARTS) throw new RangeError(`A batch takes ${MAX_PARTS} parts, not ${asked.size}.`);
  const answers = asked.size === 0 ? new Map<string, Answer>() : await askOnce(client, call, asked, now);

  const again = new Map<string, Part>();
  let longestPause = 0;
  for (const [id, part] of asked) {
    const answer = answers.get(id);
    if (answer?.kind !== 'answered' || answer.status === 200) continue;
    const pause = pauseBeforeRetry({ ...answer, retriesSoFar: 0, waitedMs: 0 });
    // The second round trip needs time as well.
    if (pause === null || pause > MAX_WAIT_MS / 2 || pause >= client.left()) continue;
    again.set(id, part);
    longestPause = Math.max(longestPause, pause);
  }
  if (again.size > 0) {
    if (longestPause > 0) await client.wait(longestPause);
    for (const [id, answer] of await askOnce(client, call, again, now)) answers.set(id, answer);
  }
  return Object.fromEntries(answers) as Record<Name, Answer>;
}
