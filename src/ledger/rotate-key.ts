/**
 * Gives a ledger a new key, with the files that go with it. The old key is renamed and never deleted, and at no moment is there no
 * key under its name. A change that was interrupted is finished by doing it again: the new key waits beside the old one until then.
 */
import type { KeyObject } from 'node:crypto';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Instant } from '../procedure/facts.ts';
import { checkpointKeyId, keepPublicHalf, openCheckpointKey } from './checkpoint-key.ts';
import { systemCode, unsuitable } from './failures.ts';
import { handOver } from './hand-over.ts';
import { openIndexKey } from './index-key.ts';
import { takeLease } from './lease.ts';

/** What is changed. */
export interface Rotation {
  /** The ledger's database. */
  readonly file: string;
  /** PEM file of the key in use. The new one is there afterwards. */
  readonly keyFile: string;
  /** PEM file of the new key; `null` makes one. */
  readonly newKeyFile: string | null;
  /** The key of the tenant index. */
  readonly indexKeyFile: string;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** A change of the key, done or only looked at. */
export interface Rotated {
  readonly from: string;
  readonly to: string;
  /** Where the old key is afterwards. */
  readonly retiredFile: string;
  /** The checkpoint that both keys signed; `null` when nothing was done. */
  readonly checkpoint: string | null;
}

/**
 * Changes the key. `look`: only checks whether it could. Throws Fault `ledger-in-use` while a bot runs, `configuration` for keys that
 * cannot be used, and as `openLedger` does.
 */
export async function rotateKey(rotation: Rotation, how: 'do' | 'look'): Promise<Rotated> {
  const { file, keyFile, newKeyFile, indexKeyFile, now, newId } = rotation;
  if (!isThere(file)) throw unsuitable(`there is no ledger ${file}`);
  const lease = takeLease(file);
  try {
    const formerKey = openCheckpointKey(keyFile, 'refuse');
    const indexKey = openIndexKey(indexKeyFile, 'refuse');
    const waiting = `${keyFile}.next`;
    const given = newKeyFile === null ? null : openCheckpointKey(newKeyFile, 'refuse');
    const signingKey = given ?? (isThere(waiting) ? openCheckpointKey(waiting, 'refuse') : madeKey());
    const [from, to] = [checkpointKeyId(formerKey), checkpointKeyId(signingKey)];
    const retiredFile = `${keyFile}.retired-${from}`;
    if (from === to) throw unsuitable('the new key is the key in use');
    if (how === 'look') return { from, to, retiredFile, checkpoint: null };
    keepWaiting(waiting, signingKey);
    const checkpoint = await handOver({ file, formerKey, signingKey, indexKey, now, newId });
    for (const key of [formerKey, signingKey]) keepPublicHalf(dirname(file), key);
    writeFileSync(join(dirname(file), `checkpoint-of-key-change-${to}.txt`), checkpoint);
    writeFileSync(`${keyFile}.pub`, createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }));
    retire(keyFile, retiredFile);
    renameSync(waiting, keyFile);
    return { from, to, retiredFile, checkpoint };
  } finally {
    lease.end();
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function madeKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** On the disk before the ledger knows it: a key that the ledger works with must not be lost. */
function keepWaiting(path: string, key: KeyObject): void {
  if (isThere(path) && checkpointKeyId(openCheckpointKey(path, 'refuse')) === checkpointKeyId(key)) return;
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    writeSync(descriptor, key.export({ type: 'pkcs8', format: 'pem' }).toString());
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      throw unsuitable(
        `${path} holds another key, of a change that was interrupted. Finish that one first, without --new-key`,
      );
    }
    throw unsuitable(`the new key cannot be written (${systemCode(error)})`, error);
  }
}

/** A second name for the old key. It fails when that name is taken by another file, so nothing is ever overwritten. */
function retire(keyFile: string, retiredFile: string): void {
  try {
    linkSync(keyFile, retiredFile);
  } catch (error) {
    const same = systemCode(error) === 'EEXIST' && statSync(keyFile).ino === statSync(retiredFile).ino;
    if (!same) throw unsuitable(`the old key cannot be kept as ${retiredFile} (${systemCode(error)})`, error);
  }
}
