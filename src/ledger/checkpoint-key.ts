/**
 * The key that signs checkpoints.
 * The file is readable by its owner only, and is made once. A lost key is never silently replaced
 * where the operator named one.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode, unsuitable } from './failures.ts';
import { keyTextOf, type WhenMissing } from './key-file.ts';

const KEY_ID_DIGITS = 16;
const PUBLIC_HALF = /^checkpoint-key-[\da-f]{16}\.pub$/;

/**
 * Reads the Ed25519 private key of `file` (PEM), or makes one there when it is missing and may be made, with the public
 * key beside it (`.pub`). Throws Fault `configuration` for a file that others can read or that holds something else.
 * Keep the key in a vault where you can: whoever holds it and the ledger can write both anew.
 */
export function openCheckpointKey(file: string, whenMissing: WhenMissing): KeyObject {
  const text = keyTextOf('the key of the checkpoints', file, whenMissing);
  if (text === null) return makeKey(file);
  const key = checkpointKeyIn(text);
  if (key === null) throw unsuitable('the key of the checkpoints is no Ed25519 private key in PEM form');
  return key;
}

/** The Ed25519 private key in a PEM text; `null` when the text is anything else. */
export function checkpointKeyIn(text: string): KeyObject | null {
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    return null; // what OpenSSL says of it could quote it
  }
  return key.asymmetricKeyType === 'ed25519' ? key : null;
}

function makeKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // `wx`: two processes starting at once must not each believe in a key of their own.
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    writeFileSync(`${file}.pub`, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  } catch (error) {
    throw unsuitable(`the key of the checkpoints cannot be made (${systemCode(error)})`, error);
  }
  return privateKey;
}

/**
 * What a key is called: the first 16 hex digits of the SHA-256 of its public half, as
 * `openssl pkey -pubin -outform DER | sha256sum` gives it. Takes the private or the public half.
 */
export function checkpointKeyId(key: KeyObject): string {
  const half = key.type === 'public' ? key : createPublicKey(key);
  return hash('sha256', half.export({ type: 'spki', format: 'der' }), 'hex').slice(0, KEY_ID_DIGITS);
}

/**
 * Keeps the public half of a key in a folder, under its name. The older ones stay there: they are what checkpoints that were signed
 * before a change of the key are verified with. Throws Fault `configuration` when it cannot be written.
 */
export function keepPublicHalf(folder: string, key: KeyObject): string {
  const file = join(folder, `checkpoint-key-${checkpointKeyId(key)}.pub`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, createPublicKey(key).export({ type: 'spki', format: 'pem' }), { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST')
      throw unsuitable(`the public half of the checkpoint key cannot be kept (${systemCode(error)})`, error);
  }
  return file;
}

/** The public halves that a folder has, of today's key and of earlier ones. */
export function publicHalvesIn(folder: string): readonly KeyObject[] {
  return readdirSync(folder)
    .filter((name) => PUBLIC_HALF.test(name))
    .map((name) => createPublicKey(readFileSync(join(folder, name))));
}
