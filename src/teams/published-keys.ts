/**
 * Reads the keys with which the channel signs its tokens from where Microsoft publishes them: the channel's OpenID metadata, and
 * the key set that it names. Only keys that may sign for Teams are kept.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';

/** A key that signs tokens of the channel for Teams. */
export interface SigningKey {
  readonly key: KeyObject;
  /** The same key as text, for the SDK. */
  readonly pem: string;
  readonly endorsements: readonly string[];
}

/** The keys by their id, or why they could not be read. `why` is safe to log. */
export type PublishedKeys =
  | { readonly kind: 'read'; readonly keys: ReadonlyMap<string, SigningKey> }
  | { readonly kind: 'unread'; readonly why: string };

/** The endorsement that a key needs. */
const TEAMS = 'msteams';
/** What RS256 requires (RFC 7518, 3.3). Written in base64url, the modulus of such a key has at least 342 characters. */
const MIN_KEY_BITS = 2048;
/** Microsoft's key set has some ten kilobytes. */
const MAX_BYTES = 1024 * 1024;

const Metadata = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.unknown()).max(1000) });
const Jwk = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(256),
  n: z.string().regex(/^[A-Za-z0-9_-]{342,4096}$/),
  e: z.string().regex(/^[A-Za-z0-9_-]{4,8}$/),
  use: z.literal('sig').optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.literal('RS256').optional(),
  endorsements: z.array(z.string()),
});

/** The server answered, but not with what it should. The text is safe to log. */
class Unusable extends Error {
  override readonly name = 'Unusable';
}

/**
 * Fetches and parses the keys. Takes at most `timeoutMilliseconds` for everything. Never throws: an error answer, garbage, and a
 * set without a single key for Teams all come back as `unread`.
 */
export async function readPublishedKeys(metadataUrl: string, timeoutMilliseconds: number): Promise<PublishedKeys> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const { jwks_uri: keySetUrl } = parse(Metadata, await readJson(metadataUrl, signal));
    assertSameSafety(metadataUrl, keySetUrl);
    const { keys } = parse(KeySet, await readJson(keySetUrl, signal));
    const usable = keys.map(usableKey).filter((key) => key !== null);
    if (usable.length === 0) throw new Unusable('no key for Teams');
    return { kind: 'read', keys: new Map(usable) };
  } catch (error) {
    return { kind: 'unread', why: reasonOf(error) };
  }
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Unusable(`status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Unusable('too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Unusable('not understood');
  return parsed.data;
}

/** `assertSoundMode` has made sure that the metadata comes over https or from this machine. The keys must not come by a worse way. */
function assertSameSafety(metadataUrl: string, keySetUrl: string): void {
  const [metadata, keySet] = [new URL(metadataUrl), new URL(keySetUrl)];
  const isSafe = keySet.protocol === 'https:' || (metadata.protocol === 'http:' && keySet.host === metadata.host);
  if (!isSafe) throw new Unusable('keys are not offered over https');
}

/** `null` for a key that is for something else: another channel, encryption, another algorithm. Such keys are normal in a set. */
function usableKey(value: unknown): [string, SigningKey] | null {
  const jwk = Jwk.safeParse(value);
  if (!jwk.success) return null;
  const { kid, kty, n, e, key_ops: operations, endorsements } = jwk.data;
  if (!endorsements.includes(TEAMS) || operations?.includes('verify') === false) return null;
  const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_KEY_BITS) return null;
  return [kid, { key, pem: key.export({ type: 'spki', format: 'pem' }).toString(), endorsements }];
}

/** What fetch says about a failure contains addresses, so only its kind is taken. */
function reasonOf(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  if (error instanceof SyntaxError) return 'not JSON';
  return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'unreachable';
}
