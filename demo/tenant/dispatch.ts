/**
 * How a request passes through the tenant: faults, token, limits, permission, route. A call that would set a password
 * is refused and counted before anything else is checked.
 */
import { errorAnswer, GraphFailure } from './exchange.ts';
import type { GraphAnswer, GraphRequest, Route } from './exchange.ts';
import type { Faults, TenantFault } from './faults.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { Throttle } from './throttle.ts';
import type { World } from './world.ts';

/** A running tenant. `world` is replaced when the tenant is reset. */
export interface Tenant {
  world: World;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly routes: readonly Route[];
  /** Milliseconds that every request takes. */
  latencyMs: number;
  /** Waits in real time; ends early when the tenant closes. */
  wait(ms: number): Promise<void>;
}

/** An answer, and how it is sent over the wire. */
export interface Outcome {
  readonly answer: GraphAnswer;
  readonly wire: 'whole' | 'hang' | 'cut' | 'half-json' | 'drip' | 'lost' | 'missing';
}

/** How a request arrived, and what answers it; default: the routes. */
interface DispatchOptions {
  readonly inBatch?: boolean;
  readonly work?: () => Promise<Outcome>;
}

/** Answers one request: a single one, a batch, or a part of a batch. Never throws for anything a client can send. */
export async function dispatch(tenant: Tenant, request: GraphRequest, options: DispatchOptions = {}): Promise<Outcome> {
  const path = `/${[request.version, ...request.path].join('/')}`;
  const forbidden = setsPassword(request);
  const entry = tenant.journal.add({
    at: tenant.world.now(),
    method: request.method,
    path,
    query: request.query.toString(),
    clientRequestId: request.clientRequestId,
    bodyKeys: typeof request.body === 'object' && request.body !== null ? Object.keys(request.body) : [],
    inBatch: options.inBatch ?? false,
    status: null,
    fault: null,
    forbidden,
  });
  if (forbidden) {
    const refusal = new GraphFailure(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
    return whole(entry, errorAnswer(refusal, request, tenant.world.now()));
  }
  const fault = tenant.faults.take(request.method, path);
  const work = async (): Promise<Outcome> => {
    const outcome = await (options.work?.() ?? { answer: answerFor(tenant, request), wire: 'whole' as const });
    entry.status = outcome.answer.status;
    return outcome;
  };
  if (fault === null) return work();
  entry.fault = fault.kind;
  return withFault(tenant, request, fault, { entry, work });
}

function whole(entry: JournalEntry, answer: GraphAnswer): Outcome {
  entry.status = answer.status;
  return { answer, wire: 'whole' };
}

interface Job {
  readonly entry: JournalEntry;
  readonly work: () => Promise<Outcome>;
}

async function withFault(tenant: Tenant, request: GraphRequest, fault: TenantFault, job: Job): Promise<Outcome> {
  switch (fault.kind) {
    case 'status': {
      const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
      const failure = new GraphFailure(fault.status, fault.code, fault.message, headers);
      return whole(job.entry, errorAnswer(failure, request, tenant.world.now()));
    }
    case 'html-502':
      return whole(job.entry, { status: 502, headers: { 'Content-Type': 'text/html' }, body: PROXY_PAGE });
    case 'hang':
      return { answer: { status: 0, headers: {} }, wire: 'hang' };
    case 'delay': {
      if (fault.does === 'after') await tenant.wait(fault.ms);
      const outcome = await job.work();
      if (fault.does === 'at-once') await tenant.wait(fault.ms);
      return outcome;
    }
    case 'missing':
      return { answer: { status: 0, headers: {} }, wire: 'missing' };
    case 'wrong-json':
      return whole(job.entry, { status: 200, headers: {}, body: OTHER_JSON });
    case 'cut':
    case 'drip':
    case 'half-json':
      return { ...(await job.work()), wire: fault.kind };
    case 'answer-lost':
      return { ...(await job.work()), wire: 'lost' };
  }
}

/** Well-formed JSON that matches no request. */
const OTHER_JSON = { status: 'ok', data: [null, 7, {}] };
const PROXY_PAGE = '<html><body><h1>502 Bad Gateway</h1></body></html>';

function answerFor(tenant: Tenant, request: GraphRequest): GraphAnswer {
  const { world } = tenant;
  try {
    needsToken(request);
    const limits = tenant.throttle.check(world, request);
    const found = findRoute(tenant.routes, request);
    if (!found.route.needs.some((permission) => world.permissions.has(permission))) throw denied(found.route);
    const answer = found.route.answer({ world, request, at: (name) => found.parts.get(name) ?? '' });
    return { ...answer, headers: { ...limits, ...answer.headers } };
  } catch (error) {
    if (error instanceof GraphFailure) return errorAnswer(error, request, world.now());
    throw error;
  }
}

/** Accepts any bearer token. Throws Graph's 401 when there is none. */
export function needsToken(request: GraphRequest): void {
  if (/^Bearer\s+\S+$/i.test(request.headers['authorization'] ?? '')) return;
  throw new GraphFailure(401, 'InvalidAuthenticationToken', 'Access token is empty.');
}

function denied(route: Route): GraphFailure {
  return route.family === 'methods'
    ? new GraphFailure(403, 'accessDenied', 'Request Authorization failed')
    : new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

function findRoute(routes: readonly Route[], request: GraphRequest): { route: Route; parts: Map<string, string> } {
  let otherMethod = false;
  for (const route of routes) {
    const parts = match(route.path, request);
    if (parts === null) continue;
    if (route.method === request.method) return { route, parts };
    otherMethod = true;
  }
  if (request.method !== 'GET') {
    // Any other change: the app has no permission for it.
    throw new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
  if (otherMethod)
    throw new GraphFailure(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  throw new GraphFailure(400, 'BadRequest', `Resource not found for the segment '${request.path.at(-1) ?? ''}'.`);
}

function match(pattern: string, request: GraphRequest): Map<string, string> | null {
  const [version, ...segments] = pattern.slice(1).split('/');
  if (version !== '*' && version !== request.version) return null;
  if (segments.length !== request.path.length) return null;
  const parts = new Map<string, string>();
  for (const [n, segment] of segments.entries()) {
    const given = request.path[n] ?? '';
    if (segment.startsWith('{')) parts.set(segment.slice(1, -1), given);
    else if (segment.toLowerCase() !== given.toLowerCase()) return null;
  }
  return parts;
}

/** True for resetPassword and changePassword on any path, and for any body that contains a password. */
function setsPassword({ method, path, body }: GraphRequest): boolean {
  if (method === 'GET' || path[0] === '$batch') return false; // the parts of a batch are checked one by one
  const last = path
    .at(-1)
    ?.toLowerCase()
    .replace(/^microsoft\.graph\./, '')
    .replace(/\(.*\)$/, '');
  if (last === 'resetpassword' || last === 'changepassword') return true;
  return JSON.stringify(body ?? null)
    .toLowerCase()
    .includes('"passwordprofile"');
}
