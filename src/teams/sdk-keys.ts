/**
 * Gives the SDK the keys that were read here. Left alone, the SDK reads them itself, without a timeout, and fails when the key
 * server is down after a day, although it has the keys. With this it opens no connection for a token at all.
 */
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { OpenIdMetadata } from 'botframework-connector/lib/auth/openIdMetadata.js';
import type { SigningKeys } from './signing-keys.ts';

/** Where the SDK looks before it reads keys. It belongs to the process; the SDK's types keep it private. */
interface MetadataOfTheProcess {
  readonly openIdMetadataCache: Map<string, OpenIdMetadata>;
}

class KnownKeys extends OpenIdMetadata {
  private readonly keysOfChannel: SigningKeys;

  constructor(url: string, keys: SigningKeys) {
    super(url);
    this.keysOfChannel = keys;
  }

  override getKey(keyId: string): Promise<{ key: string; endorsements: string[] } | null> {
    const known = this.keysOfChannel.known(keyId);
    return Promise.resolve(known === null ? null : { key: known.pem, endorsements: [...known.endorsements] });
  }
}

/** From now on, the SDK takes the keys of these addresses from `keys`. */
export function giveKeysToSdk(metadataUrls: readonly string[], keys: SigningKeys): void {
  const { openIdMetadataCache } = JwtTokenExtractor as unknown as MetadataOfTheProcess;
  for (const url of metadataUrls) openIdMetadataCache.set(url, new KnownKeys(url, keys));
}
