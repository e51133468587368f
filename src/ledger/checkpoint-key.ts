/**
 * The key that signs checkpoints.
 * The file is readable by its owner only, and is made once. A lost key is never silently replaced
 * where the operator named one.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads the Ed25519 private key of `file` (PEM), or makes one there, with the public key beside it (`.pub`).
 * Keep the key in a vault where you can: whoever holds it and the ledger can write both anew.
 */
export function openCheckpointKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return makeKey(file);
  }
}

function makeKey(file: string): KeyObject {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  // `wx`: two processes starting at once must not each believe in a key of their own.
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(`${file}.pub`, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  return privateKey;
}
