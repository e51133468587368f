/**
 * How checkpoints are signed and where they are kept, from the configuration.
 */
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { CheckpointPlace } from '../casework/ports/checkpoints.ts';
import { Fault } from '../casework/ports/fault.ts';
import { openFilePlace } from '../checkpoints/file.ts';
import type { TenantConnection } from '../graph/connection.ts';
import { credentialOf } from '../graph/emulated-credential.ts';
import { checkpointKeyIn, openCheckpointKey } from '../ledger/checkpoint-key.ts';
import type { Config } from './config.ts';

/** The name of the key that is made beside the ledger. */
const BESIDE_THE_LEDGER = 'checkpoint-key.pem';

type Settings = Pick<Config, 'checkpoints' | 'dataFolder'>;

/** The key that signs checkpoints. Throws Fault that says what is wrong with it, or that the vault does not answer. */
export async function checkpointKey(config: Settings, tenant: TenantConnection): Promise<KeyObject> {
  const { key } = config.checkpoints;
  switch (key.kind) {
    case 'beside-the-ledger':
      return openCheckpointKey(join(config.dataFolder, BESIDE_THE_LEDGER), 'make');
    case 'file':
      return openCheckpointKey(key.file, 'refuse');
    case 'environment':
      return key.key;
    case 'vault': {
      // Loaded only by those who use it: it takes a fifth of a second.
      const { readVaultSecret } = await import('../checkpoints/key-vault.ts');
      const found = checkpointKeyIn(await readVaultSecret(key.secret, credentialOf(tenant)));
      if (found !== null) return found;
      const internal = 'HARDLINE_CHECKPOINT_KEY_VAULT: the secret holds no Ed25519 private key in PEM form';
      throw new Fault('configuration', { internal });
    }
  }
}

/** Opens the places that are configured. The file is opened at once, while the bot may still open files for writing. */
export async function openCheckpointPlaces(
  { checkpoints: { file, container, bucket } }: Settings,
  tenant: TenantConnection,
  now: () => number,
): Promise<readonly CheckpointPlace[]> {
  const places: CheckpointPlace[] = [];
  if (file !== null) places.push(await openFilePlace(file, now));
  if (container !== null) {
    const { containerPlace } = await import('../checkpoints/container.ts');
    places.push(containerPlace({ url: container, credential: credentialOf(tenant) }));
  }
  if (bucket !== null) {
    const { bucketPlace } = await import('../checkpoints/bucket.ts');
    places.push(bucketPlace({ ...bucket, now }));
  }
  return places;
}
