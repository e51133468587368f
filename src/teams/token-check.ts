/**
 * Checks the signature of a token before the SDK is asked. The SDK takes a millisecond for a forged token and prints it to stderr;
 * this takes a fortieth of that. What passes here is checked once more by the SDK, with a library of its own.
 *
 * What is remembered about a token is only whether this signature is that of this key, and that never changes. Its claims,
 * also how long it is valid, are read from the token in every request (request-guard.ts). The token itself is not kept.
 */
import { hash, verify } from 'node:crypto';
import { createCheckRate, type CheckRateFigures } from './check-rate.ts';
import { createPlaces, type PlaceLimits } from './places.ts';
import type { SigningKey } from './published-keys.ts';
import { createRecent } from './recent.ts';
import { notNow, refusal, type Refusal } from './refusal.ts';
import type { SigningKeys } from './signing-keys.ts';

/** A token as it came: three parts in base64url. */
export interface BearerToken {
  readonly token: string;
  /** The id of the key that is said to have signed it. The algorithm was seen to be RS256. */
  readonly keyId: string;
}

/** Checks signatures. */
export interface TokenCheck {
  /** `address`: that of the connection. */
  check(bearer: BearerToken, address: string | undefined): Promise<{ readonly kind: 'signed' } | Refusal>;
}

/** What the check needs. */
export interface TokenCheckOptions {
  readonly keys: SigningKeys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly rate?: CheckRateFigures;
  readonly waiting?: PlaceLimits;
}

/** A check takes about 20 microseconds, so all of them together take at most a tenth of a second in each second. */
const RATE: CheckRateFigures = { total: 5_000, perAddress: 2_500 };
/** Requests that wait for the keys to be read. */
const WAITING: PlaceLimits = { total: 64, perAddress: 32 };
const SIGNED_KEPT = 1_000;
const FORGED_KEPT = 10_000;
const RATE_RETRY_SECONDS = 1;
const KEYS_RETRY_SECONDS = 3;

/** Builds the check. The limits are for unknown tokens only, so a flood does not hold up tokens that were verified before. */
export function createTokenCheck({ keys, now, rate = RATE, waiting = WAITING }: TokenCheckOptions): TokenCheck {
  const signed = createRecent<SigningKey>(SIGNED_KEPT);
  const forged = createRecent<SigningKey>(FORGED_KEPT);
  const checks = createCheckRate(rate, now);
  const places = createPlaces(waiting);

  const findKey = async (keyId: string, address: string | undefined): Promise<SigningKey | Refusal> => {
    const giveBack = places.take(address);
    if (giveBack === null) return notNow('signing-keys-unavailable', KEYS_RETRY_SECONDS);
    const answer = await keys.find(keyId).finally(giveBack);
    switch (answer.kind) {
      case 'found':
        return answer.key;
      case 'unknown':
        return refusal(401, 'token-not-accepted');
      case 'unavailable':
        return notNow('signing-keys-unavailable', answer.retryAfterSeconds);
    }
  };

  return {
    async check({ token, keyId }, address) {
      const key = keys.known(keyId) ?? (await findKey(keyId, address));
      if ('status' in key) return key;
      const print = hash('sha256', token, 'base64');
      if (signed.get(print) === key) return { kind: 'signed' };
      if (forged.get(print) === key) return refusal(401, 'token-not-accepted');
      if (!checks.take(address)) return notNow('too-many-checks', RATE_RETRY_SECONDS);
      const isSigned = isSignedBy(token, key);
      (isSigned ? signed : forged).set(print, key);
      return isSigned ? { kind: 'signed' } : refusal(401, 'token-not-accepted');
    },
  };
}

/** RS256 (RFC 7518, 3.3): RSA with PKCS #1 v1.5 padding and SHA-256, over the first two parts as they were sent. */
function isSignedBy(token: string, { key }: SigningKey): boolean {
  const dot = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(dot + 1), 'base64url');
  return verify('RSA-SHA256', Buffer.from(token.slice(0, dot), 'ascii'), key, signature);
}
