/**
 * What only the holder of the ledger's key can write: the seal of the head, and the signatures of entries that lift a rule or
 * take something away. Whoever can write the file but has no key can chain an entry; it is found, because it has neither.
 * The seal is an HMAC: several processes share the key, and a signature at every commit would cost a third of the commit.
 */
import { createHmac, createPublicKey, createSecretKey, hash, hkdfSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { MODE_CODES } from '../casework/ports/ledger-codes.ts';

/** Details and cases of a person were erased: the entry that explains why they are missing. */
export const ERASED_CODE = 'ledger.erased';
/** A key works with this ledger from here on. Its detail names the key and holds its public half. */
export const KEY_USED_CODE = 'ledger.key-used';
/** The first entry of a ledger that was started anew where there had been one before. */
export const STARTED_NEW_CODE = 'ledger.started-new';
/** An older copy was accepted by an operator. */
export const RESTORED_CODE = 'ledger.restored';

/** Entries that bear a signature, from the first `ledger.key-used` on. */
export const SIGNED_CODES: ReadonlySet<string> = new Set([
  ...Object.values(MODE_CODES),
  ...[ERASED_CODE, KEY_USED_CODE, STARTED_NEW_CODE, RESTORED_CODE],
]);

const SEAL_BYTES = 32;
const SEAL_KEY = 'hardline/head-seal/v1';
const HEAD = 'hardline/head/v1';
const ENTRY = 'hardline/signed-entry/v1';

/** The end of the chain, as it is sealed. */
export interface ChainEnd {
  readonly origin: string;
  readonly seq: number;
  readonly hash: string;
}

/** A key of the ledger, ready for use. */
export interface LedgerKey {
  /** See `keyIdOf`. */
  readonly id: string;
  readonly publicKey: KeyObject;
  /** The seal of a head, base64url. */
  seal(end: ChainEnd): string;
  /** The signature of the entry with this hash, base64url. */
  sign(recordHash: string): string;
}

/** Prepares an Ed25519 private key. The key of the seals is derived from it, so that there is one key to keep. */
export function ledgerKey(signingKey: KeyObject): LedgerKey {
  const publicKey = createPublicKey(signingKey);
  const { d = '' } = signingKey.export({ format: 'jwk' });
  const derived = hkdfSync('sha256', Buffer.from(d, 'base64url'), '', SEAL_KEY, SEAL_BYTES);
  const sealKey = createSecretKey(Buffer.from(derived));
  return {
    id: keyIdOf(publicKey),
    publicKey,
    seal: ({ origin, seq, hash: last }) =>
      createHmac('sha256', sealKey).update(`${HEAD}\n${origin}\n${seq}\n${last}`).digest('base64url'),
    sign: (recordHash) => sign(null, signedText(recordHash), signingKey).toString('base64url'),
  };
}

/** True when the private half of `publicKey` signed the entry with this hash. */
export function isEntrySignedBy(publicKey: KeyObject, recordHash: string, signature: string): boolean {
  return verify(null, signedText(recordHash), publicKey, Buffer.from(signature, 'base64url'));
}

/** How entries and people name a key: the beginning of the SHA-256 of its public half, 16 hex digits. */
export function keyIdOf(publicKey: KeyObject): string {
  return hash('sha256', publicKey.export({ format: 'der', type: 'spki' }), 'hex').slice(0, 16);
}

/** The public half as it is written into the ledger (SPKI, base64). */
export function publicKeyText(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

/** Reads what `publicKeyText` wrote; `null` for anything else. */
export function publicKeyIn(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** The hash covers the whole entry and, through the one before, all of the chain and its name. */
function signedText(recordHash: string): Buffer {
  return Buffer.from(`${ENTRY}\n${recordHash}`);
}
