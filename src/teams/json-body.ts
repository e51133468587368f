/**
 * Reads the body of a request, before anybody is trusted.
 * The one rule kept here: plain JSON, small, shallow and in time, or nothing. The framework's own reader writes uploads
 * to disk and unpacks a gzip bomb past its own limit, so it is not used.
 */
import type { IncomingMessage } from 'node:http';

/** What a body may cost. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxMilliseconds: number;
}

/** Teams activities are a few kilobytes. */
export const BODY_LIMITS: BodyLimits = { maxBytes: 256 * 1024, maxDepth: 32, maxMilliseconds: 10_000 };

/** A parsed body, or why not. */
export type BodyAnswer =
  | { readonly kind: 'read'; readonly body: unknown }
  | { readonly kind: 'unread'; readonly status: 400 | 408 | 413 | 415; readonly code: string };

/** What is too large is read on and thrown away up to this many times the limit, so that its sender hears why. */
const READ_ON_FACTOR = 8;

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Reads one JSON body. Answers with a refusal for everything a stranger can send; never throws for it. */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits = BODY_LIMITS): Promise<BodyAnswer> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers;
  if (type === undefined || !JSON_TYPE.test(type)) return refused(415, 'not-json');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return refused(415, 'encoded-body');
  if (Number(length ?? 0) > limits.maxBytes * READ_ON_FACTOR) return refused(413, 'body-too-large');
  const bytes = await collect(request, limits);
  return bytes.kind === 'whole' ? parse(bytes.whole, limits.maxDepth) : bytes;
}

interface WholeBody {
  readonly kind: 'whole';
  readonly whole: Buffer;
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<WholeBody | BodyAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (answer: WholeBody | BodyAnswer): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', end).off('close', cut).off('error', cut);
      resolve(answer);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limits.maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limits.maxBytes * READ_ON_FACTOR) finish(refused(413, 'body-too-large'));
    };
    const end = (): void => {
      finish(size > limits.maxBytes ? refused(413, 'body-too-large') : { kind: 'whole', whole: Buffer.concat(chunks) });
    };
    const cut = (): void => finish(refused(400, 'body-cut-off'));
    const timer = setTimeout(() => finish(refused(408, 'body-too-slow')), limits.maxMilliseconds);
    request.on('data', take).on('end', end).on('close', cut).on('error', cut);
  });
}

function parse(whole: Buffer, maxDepth: number): BodyAnswer {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(whole));
  } catch {
    return refused(400, 'malformed-json');
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return refused(400, 'not-an-object');
  return hasSoundShape(body, maxDepth) ? { kind: 'read', body } : refused(400, 'unsound-json');
}

/** False for nesting past the limit, and for a `__proto__` key anywhere: honest clients have no use for one. */
function hasSoundShape(root: object, maxDepth: number): boolean {
  let level: object[] = [root];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxDepth) return false;
    const next: object[] = [];
    for (const node of level) {
      for (const [key, value] of Object.entries(node) as [string, unknown][]) {
        if (key === '__proto__') return false;
        if (typeof value === 'object' && value !== null) next.push(value);
      }
    }
    level = next;
  }
  return true;
}

function refused(status: 400 | 408 | 413 | 415, code: string): { kind: 'unread'; status: typeof status; code: string } {
  return { kind: 'unread', status, code };
}
