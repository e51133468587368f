/**
 * Reads the body of a request that is not authenticated yet. Only plain JSON is accepted, within limits of size, depth and time.
 * The framework's own reader is not used: it writes uploads to disk and unpacks compressed bodies beyond its own limit.
 */
import type { IncomingMessage } from 'node:http';
import type { RefusalCode } from './refusal.ts';

/** The limits of a body. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxMilliseconds: number;
}

/** Activities of Teams have a few kilobytes. */
const BODY_LIMITS: BodyLimits = { maxBytes: 256 * 1024, maxDepth: 32, maxMilliseconds: 10_000 };

/** A parsed body, or why it was refused. */
export type BodyAnswer =
  | { readonly kind: 'read'; readonly body: unknown }
  | { readonly kind: 'unread'; readonly status: 400 | 408 | 413 | 415; readonly code: RefusalCode };

/** A body that is too large is read and dropped up to this many times the limit, so that the sender gets an answer. */
const READ_ON_FACTOR = 8;

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Reads one JSON body. Whatever a stranger can send is answered with a refusal; it never throws. */
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

/** False when the nesting is too deep, and when there is a `__proto__` key anywhere, which no honest client sends. */
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

function refused(status: 400 | 408 | 413 | 415, code: RefusalCode): BodyAnswer {
  return { kind: 'unread', status, code };
}
