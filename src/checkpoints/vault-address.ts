/**
 * The address of a secret in Azure Key Vault.
 */

const PATH = /^\/secrets\/(?<name>[\w-]+)(?:\/(?<version>[\da-f]{32}))?\/?$/i;

/** Where a secret is: the vault, its name, and its version when one is named. */
export interface VaultSecret {
  readonly vault: string;
  readonly name: string;
  readonly version: string | null;
}

/** Reads the address of a secret, `https://VAULT.vault.azure.net/secrets/NAME`. `null` when it is none. */
export function vaultSecretAt(address: string): VaultSecret | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin, pathname, search, hash, username } = new URL(address);
  const { name, version } = PATH.exec(pathname)?.groups ?? {};
  if (protocol !== 'https:' || name === undefined || `${search}${hash}${username}` !== '') return null;
  return { vault: origin, name, version: version ?? null };
}
