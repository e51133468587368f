/**
 * The key that signs checkpoints, read from Azure Key Vault. Key Vault has no Ed25519 keys, so the key is kept there as a secret that
 * holds the PEM: the vault hands it out to the bot, and says in its own log who read it.
 */
import type { TokenCredential } from '@azure/identity';
import { SecretClient, type SecretClientOptions } from '@azure/keyvault-secrets';
import { Fault } from '../casework/ports/fault.ts';
import type { VaultSecret } from './vault-address.ts';

/** How long one read may take. */
const TIMEOUT_MS = 15_000;

/** Reads a secret. Throws Fault: `directory-unreachable` when the vault does not answer, `configuration` when it says no. */
export async function readVaultSecret(
  { vault, name, version }: VaultSecret,
  credential: TokenCredential,
  options: SecretClientOptions = {},
): Promise<string> {
  const client = new SecretClient(vault, credential, options);
  const wanted = { abortSignal: AbortSignal.timeout(TIMEOUT_MS), ...(version !== null && { version }) };
  try {
    const { value } = await client.getSecret(name, wanted);
    return value ?? '';
  } catch (error) {
    throw faultOf(error);
  }
}

/** 4xx is mended by somebody; everything else may pass. The text of the error is not repeated. */
function faultOf(error: unknown): Fault {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 0;
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (!refused) {
    const internal = `the key vault of HARDLINE_CHECKPOINT_KEY_VAULT does not answer${status > 0 ? ` (${status})` : ''}`;
    return new Fault('directory-unreachable', { internal, cause: error });
  }
  const why = status === 404 ? 'has no such secret' : 'does not let the bot read the secret';
  return new Fault('configuration', {
    internal: `HARDLINE_CHECKPOINT_KEY_VAULT: the vault ${why} (${status})`,
    cause: error,
  });
}
