/**
 * `$batch`: up to 20 requests in one, each with its own status. Parts come back in random order, so that nobody relies
 * on the order.
 */
import { z } from 'zod';
import { dispatch, needsToken } from './dispatch.ts';
import type { Outcome, Tenant } from './dispatch.ts';
import { errorAnswer, GraphFailure } from './exchange.ts';
import type { GraphRequest } from './exchange.ts';
import { readTarget } from './read-target.ts';

const part = z.object({
  id: z.string().min(1),
  method: z.string(),
  url: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
const envelope = z.object({ requests: z.array(part).min(1).max(20) });

type Part = z.infer<typeof part>;

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers a batch. If a part hangs or is cut, so is the whole batch, because it is one answer on the wire. */
export async function answerBatch(tenant: Tenant, outer: GraphRequest): Promise<Outcome> {
  try {
    return await answerParts(tenant, outer, readBatch(outer));
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return { answer: errorAnswer(error, outer, tenant.world.now()), wire: 'whole' };
  }
}

/** The parts of a batch. Throws GraphFailure when the batch as a whole is not valid. */
function readBatch(outer: GraphRequest): readonly Part[] {
  needsToken(outer);
  const refusal = (message: string): GraphFailure => new GraphFailure(400, 'BadRequest', message);
  if (outer.method !== 'POST') throw refusal('A batch must be posted.');
  const parsed = envelope.safeParse(outer.body);
  if (!parsed.success) throw refusal(`Invalid batch payload format: ${parsed.error.issues[0]?.message ?? ''}`);
  const { requests } = parsed.data;
  const ids = new Set(requests.map(({ id }) => id));
  if (ids.size !== requests.length) throw refusal('Request ids must be unique in a batch.');
  const stray = requests.flatMap(({ dependsOn }) => dependsOn ?? []).find((id) => !ids.has(id));
  if (stray !== undefined) throw refusal(`Invalid dependsOn: there is no request '${stray}'.`);
  const bare = requests.find(({ body, headers }) => body !== undefined && !hasContentType(headers ?? {}));
  if (bare !== undefined) throw refusal(`Request '${bare.id}' has a body and no Content-Type header.`);
  return requests;
}

async function answerParts(tenant: Tenant, outer: GraphRequest, requests: readonly Part[]): Promise<Outcome> {
  const answers = new Map<string, PartAnswer>();
  let wire: Outcome['wire'] = 'whole';
  const work = async (item: Part): Promise<void> => {
    const outcome = await answerPart(tenant, outer, item, answers);
    if (outcome.wire === 'missing') return;
    if (outcome.wire !== 'whole') wire = outcome.wire;
    const { status, headers, body } = outcome.answer;
    const contentType: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    answers.set(item.id, {
      id: item.id,
      status,
      headers: { 'Cache-Control': 'no-cache', ...contentType, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  };
  // In parallel, or one after the other if any part depends on another.
  if (requests.every(({ dependsOn }) => (dependsOn ?? []).length === 0)) await Promise.all(requests.map(work));
  else for (const item of requests) await work(item);
  return {
    answer: { status: 200, headers: {}, body: { responses: shuffled([...answers.values()], tenant.world) } },
    wire,
  };
}

async function answerPart(
  tenant: Tenant,
  outer: GraphRequest,
  item: Part,
  done: ReadonlyMap<string, PartAnswer>,
): Promise<Outcome> {
  const headers = Object.fromEntries(
    Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const target = readTarget(`/${outer.version}${item.url}`);
  const request: GraphRequest = {
    ...outer,
    method: item.method.toUpperCase(),
    path: target?.path ?? [],
    query: target?.query ?? new URLSearchParams(),
    headers: { authorization: outer.headers['authorization'] ?? '', ...headers },
    body: item.body,
    requestId: tenant.world.newId(),
    clientRequestId: headers['client-request-id'] ?? outer.clientRequestId,
  };
  const fail = (status: number, code: string, message: string): Outcome => ({
    answer: errorAnswer(new GraphFailure(status, code, message), request, tenant.world.now()),
    wire: 'whole',
  });
  if (target === null) return fail(400, 'BadRequest', 'The url of the request cannot be read.');
  if (target.path[0] === '$batch') return fail(400, 'BadRequest', 'A batch cannot hold a batch.');
  const failed = item.dependsOn?.some((id) => (done.get(id)?.status ?? 424) >= 400);
  if (failed === true) return fail(424, 'FailedDependency', 'A request this one depends on failed.');
  return dispatch(tenant, request, { inBatch: true });
}

function hasContentType(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}

function shuffled<T>(items: readonly T[], source: { readonly random: () => number }): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(Math.floor(source.random() * left.length), 1));
  return out;
}
