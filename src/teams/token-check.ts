/**
 * Checks the signature of a token before the SDK is asked. The SDK takes a millisecond for a forged token and prints it to stderr;
 * this takes a twentieth of that. What passes here is checked by the SDK once more.
 *
 * What is remembered about a token is only whether this signature is that of this key, and that never changes. Its claims,
 * also how long it is valid, are read from the token in every request (request-guard.ts). The token itself is not kept.
 */
import { hash } from 'node:crypto';
import { compactVerify, errors } from 'jose';
import { createPlaces, type PlaceLimits } from './places.ts';
import type { SigningKey } from './published-keys.ts';
import { createRecent } from './recent.ts';
import { notNow, refusal, type Refusal } from './refusal.ts';
import type { SigningKeys } from './signing-keys.ts';

/** A token as it came, and the id of the key that is said to have signed it. */
export interface BearerToken {
  readonly token: string;
  readonly keyId: string;
}

/** Checks signatures. */
export interface TokenCheck {
  /** `address`: that of the connection. */
  check(bearer: BearerToken, address: string | undefined): Promise<{ readonly kind: 'signed' } | Refusal>;
}

/**
 * A check takes well under a millisecond, so a place is soon free again. The limits are above what arrives at once when the process
 * was held up for half a second under a flood: even behind a proxy, a new token of the channel then still finds a place.
 */
const CHECKS: PlaceLimits = { total: 1_024, perAddress: 512 };
/** Requests that wait for the keys to be read. They are fewer, because they can wait for seconds. */
const WAITING: PlaceLimits = { total: 64, perAddress: 32 };
const SIGNED_KEPT = 1_000;
const FORGED_KEPT = 10_000;
const BUSY_RETRY_SECONDS = 1;
const KEYS_RETRY_SECONDS = 3;

/** Builds the check. Verified tokens that are remembered need no place, so a flood does not hold them up. */
export function createTokenCheck(keys: SigningKeys): TokenCheck {
  const signed = createRecent<SigningKey>(SIGNED_KEPT);
  const forged = createRecent<SigningKey>(FORGED_KEPT);
  const underWay = new Map<string, { readonly key: SigningKey; readonly checking: Promise<boolean> }>();
  const checks = createPlaces(CHECKS);
  const waiting = createPlaces(WAITING);

  const findKey = async (keyId: string, address: string | undefined): Promise<SigningKey | Refusal> => {
    const giveBack = waiting.take(address);
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

  /** `null` when there is no place for another check. The same token is checked once at a time. */
  const verify = (token: string, print: string, key: SigningKey, address: string | undefined) => {
    const same = underWay.get(print);
    if (same?.key === key) return same.checking;
    const giveBack = checks.take(address);
    if (giveBack === null) return null;
    const checking = isSignedBy(token, key).finally(() => {
      giveBack();
      if (underWay.get(print)?.checking === checking) underWay.delete(print);
    });
    underWay.set(print, { key, checking });
    return checking;
  };

  return {
    async check({ token, keyId }, address) {
      const key = keys.known(keyId) ?? (await findKey(keyId, address));
      if ('status' in key) return key;
      const print = hash('sha256', token, 'base64');
      if (signed.get(print) === key) return { kind: 'signed' };
      if (forged.get(print) === key) return refusal(401, 'token-not-accepted');
      const isSigned = await verify(token, print, key, address);
      if (isSigned === null) return notNow('too-many-checks', BUSY_RETRY_SECONDS);
      (isSigned ? signed : forged).set(print, key);
      return isSigned ? { kind: 'signed' } : refusal(401, 'token-not-accepted');
    },
  };
}

async function isSignedBy(token: string, { key }: SigningKey): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ['RS256'] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
