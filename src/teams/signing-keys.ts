/**
 * The channel's signing keys, kept in memory. They are read once a day. A token whose key is not among them makes them be read
 * again, but not more often than every five minutes, so that invented key ids do not turn into requests to Microsoft. Keys that
 * were read once keep serving while the key server is down.
 */
import type { Log } from '../casework/ports/log.ts';
import { readPublishedKeys, type PublishedKeys, type SigningKey } from './published-keys.ts';

/** The answer about one key id. */
export type KeyAnswer =
  | { readonly kind: 'found'; readonly key: SigningKey }
  /** The channel publishes no such key. */
  | { readonly kind: 'unknown' }
  /** The keys could not be read, so nobody can say. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number };

/** Knows the keys of the channel. */
export interface SigningKeys {
  /** The key, if it is known already. Asks nobody. */
  known(keyId: string): SigningKey | null;
  /** The key; reads the keys again when that is needed and allowed. Answers within the timeout of one read. */
  find(keyId: string): Promise<KeyAnswer>;
  /** Reads the keys now. All who ask meanwhile wait for the same read. */
  read(): Promise<void>;
}

/** What the keys need. */
export interface SigningKeysOptions {
  readonly metadataUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** How long one read may take. */
  readonly timeoutMilliseconds?: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const READ_MILLISECONDS = 3 * SECOND;
/** Microsoft asks for the keys to be read at least once a day. */
const FRESH_MILLISECONDS = 24 * HOUR;
/** A key server that is down for longer than a weekend could also be one that somebody keeps from us, with a key withdrawn. */
const KEPT_MILLISECONDS = 72 * HOUR;
const BETWEEN_READS_MILLISECONDS = 5 * MINUTE;
const AFTER_FAILURE_MILLISECONDS = 10 * SECOND;

interface Attempt {
  readonly at: number;
  readonly kind: PublishedKeys['kind'];
}

/** Builds the keys. Reads nothing yet. */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { metadataUrl, now, log, timeoutMilliseconds = READ_MILLISECONDS } = options;
  let keys: ReadonlyMap<string, SigningKey> = new Map();
  let readAt = 0;
  let last: Attempt | null = null;
  let reading: Promise<void> | null = null;

  /** Milliseconds since a time; endless when the clock was set back, so that nothing waits for it to catch up. */
  const since = (at: number): number => (now() >= at ? now() - at : Infinity);
  const pauseLeft = (): number => {
    if (last === null) return 0;
    const pause = last.kind === 'read' ? BETWEEN_READS_MILLISECONDS : AFTER_FAILURE_MILLISECONDS;
    return Math.max(0, pause - since(last.at));
  };

  const readOnce = async (): Promise<void> => {
    const published = await readPublishedKeys(metadataUrl, timeoutMilliseconds);
    last = { at: now(), kind: published.kind };
    if (published.kind === 'read') {
      keys = withKnown(published.keys, keys);
      readAt = now();
      log.info({ known: keys.size }, 'the signing keys of Teams were read');
    } else {
      log.warn({ why: published.why, known: keys.size }, 'the signing keys of Teams could not be read');
    }
  };
  const read = (): Promise<void> =>
    (reading ??= readOnce().finally(() => {
      reading = null;
    }));

  const known = (keyId: string): SigningKey | null => {
    if (keys.size === 0) return null;
    const age = since(readAt);
    if (age >= FRESH_MILLISECONDS && reading === null && pauseLeft() === 0) void read();
    return age < KEPT_MILLISECONDS ? (keys.get(keyId) ?? null) : null;
  };
  return {
    known,
    read,
    async find(keyId) {
      const key = known(keyId);
      if (key !== null) return { kind: 'found', key };
      if (reading !== null || pauseLeft() === 0) await read();
      const after = known(keyId);
      if (after !== null) return { kind: 'found', key: after };
      return last?.kind === 'read'
        ? { kind: 'unknown' }
        : { kind: 'unavailable', retryAfterSeconds: pauseLeft() / SECOND };
    },
  };
}

/** Keeps the object of a key that did not change: what was remembered about a token is remembered with it. */
function withKnown(
  published: ReadonlyMap<string, SigningKey>,
  before: ReadonlyMap<string, SigningKey>,
): ReadonlyMap<string, SigningKey> {
  return new Map(
    Array.from(published, ([keyId, key]) => {
      const same = before.get(keyId);
      return [keyId, same?.pem === key.pem ? same : key];
    }),
  );
}
