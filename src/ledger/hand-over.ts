/**
 * A change of the key that signs checkpoints and vouches for the ledger. The old key hands over to the new one in an entry, and both
 * sign a checkpoint of the same end, so that verifying goes on across the change with either public half.
 */
import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import type { Instant } from '../procedure/facts.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { checkpointKeyId } from './checkpoint-key.ts';
import { corrupt } from './failures.ts';
import { openLedger } from './open.ts';

/** What a change of the key needs. The caller holds the lease of the ledger. */
export interface HandOver {
  readonly file: string;
  readonly formerKey: KeyObject;
  readonly signingKey: KeyObject;
  /** The key of the tenant index; see index-key.ts. Without the right one the index would forget what it knows. */
  readonly indexKey: KeyObject;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/**
 * Hands the ledger over and gives the checkpoint with both signatures. May be repeated: what was done before is not done again.
 * Throws Fault as `openLedger` does, when the ledger does not verify or works with another key.
 */
export async function handOver({ file, formerKey, signingKey, indexKey, now, newId }: HandOver): Promise<string> {
  const ledger = await openLedger({ file, now, newId, signingKey, formerKey, indexKey });
  try {
    const last = await ledger.newestOf(['ledger.key-used']);
    const key = checkpointKeyId(signingKey);
    if (last?.detail['key'] !== key) {
      const publicKey = createPublicKey(signingKey).export({ type: 'spki', format: 'der' }).toString('base64');
      const detail = { key, publicKey, former: checkpointKeyId(formerKey) };
      const whole = { actor: 'hardline', about: null, caseId: null, intentId: null } as const;
      await ledger.record([{ ...whole, code: 'ledger.key-used', detail }], now());
    }
    const end = readCheckpoint(await ledger.checkpoint());
    if (end === null) throw corrupt('the checkpoint of the change cannot be read back');
    return writeCheckpoint(end, [formerKey, signingKey]);
  } finally {
    await ledger.close();
  }
}
