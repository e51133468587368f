/**
 * The key that signs checkpoints.
 * The file is readable by its owner only, and is made once. A lost key is never silently replaced
 * where the operator named one.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode, unsuitable } from './failures.ts';
import { keyTextOf, type WhenMissing } from './key-file.ts';

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
