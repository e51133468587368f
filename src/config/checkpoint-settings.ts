/**
 * The settings about checkpoints: with which key they are signed, and where they are kept outside of the database.
 */
import type { KeyObject } from 'node:crypto';
import { checkpointKeyIn } from '../ledger/checkpoint-key.ts';
import { vaultSecretAt, type VaultSecret } from '../checkpoints/vault-address.ts';
import type { Environment, Problems } from './environment.ts';

/** Where the key comes from. Exactly one of them: two could be two keys. */
export type CheckpointKeySource =
  /** No setting: a key is made beside the ledger. */
  | { readonly kind: 'beside-the-ledger' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'environment'; readonly key: KeyObject }
  | { readonly kind: 'vault'; readonly secret: VaultSecret };

/** How checkpoints are signed and kept. */
export interface CheckpointSettings {
  readonly key: CheckpointKeySource;
  /** A file that they are appended to. */
  readonly file: string | null;
  /** A container of Azure Blob Storage, as https address. */
  readonly container: string | null;
  /** An S3 bucket with Object Lock. */
  readonly bucket: {
    readonly bucket: string;
    readonly region: string;
    readonly endpoint: string | null;
    readonly keepDays: number;
  } | null;
  /** Whether the leads get a card with a checkpoint every day. */
  readonly leadsGetOneADay: boolean;
}

const KEY_SETTINGS = [
  'HARDLINE_CHECKPOINT_KEY_FILE',
  'HARDLINE_CHECKPOINT_KEY',
  'HARDLINE_CHECKPOINT_KEY_VAULT',
] as const;

/** Reads them, and notes what is wrong. */
export function checkpointSettings(env: Environment, problems: Problems): CheckpointSettings {
  const { HARDLINE_CHECKPOINT_BUCKET: bucket, HARDLINE_CHECKPOINT_BUCKET_REGION: region } = env;
  if (bucket !== undefined && region === undefined && !problems.has('HARDLINE_CHECKPOINT_BUCKET_REGION')) {
    problems.set('HARDLINE_CHECKPOINT_BUCKET_REGION', 'missing. The bucket is in a region, such as eu-central-1.');
  }
  return {
    key: keySource(env, problems),
    file: env.HARDLINE_CHECKPOINT_FILE ?? null,
    container: env.HARDLINE_CHECKPOINT_CONTAINER ?? null,
    bucket:
      bucket === undefined
        ? null
        : {
            bucket,
            region: region ?? '',
            endpoint: env.HARDLINE_CHECKPOINT_BUCKET_ENDPOINT ?? null,
            keepDays: env.HARDLINE_CHECKPOINT_BUCKET_DAYS,
          },
    leadsGetOneADay: env.HARDLINE_CHECKPOINT_CARD === 'daily',
  };
}

function keySource(env: Environment, problems: Problems): CheckpointKeySource {
  const named = KEY_SETTINGS.filter((name) => env[name] !== undefined);
  const [first] = named;
  if (first !== undefined && named.length > 1) {
    problems.set(
      first,
      `is set together with ${named.slice(1).join(' and ')}: name one key, because two could differ.`,
    );
  }
  const { HARDLINE_CHECKPOINT_KEY_FILE: file, HARDLINE_CHECKPOINT_KEY: text } = env;
  if (file !== undefined) return { kind: 'file', file };
  if (text !== undefined) return fromText(text, problems);
  if (env.HARDLINE_CHECKPOINT_KEY_VAULT !== undefined) return fromVault(env.HARDLINE_CHECKPOINT_KEY_VAULT, problems);
  return { kind: 'beside-the-ledger' };
}

const BESIDE: CheckpointKeySource = { kind: 'beside-the-ledger' };

function fromText(text: string, problems: Problems): CheckpointKeySource {
  const key = checkpointKeyIn(pemOf(text));
  if (key !== null) return { kind: 'environment', key };
  const otherwise = 'holds no Ed25519 private key: the PEM text itself, or its base64 in one line.';
  if (!problems.has('HARDLINE_CHECKPOINT_KEY')) problems.set('HARDLINE_CHECKPOINT_KEY', otherwise);
  return BESIDE;
}

function fromVault(address: string, problems: Problems): CheckpointKeySource {
  const secret = vaultSecretAt(address);
  if (secret !== null) return { kind: 'vault', secret };
  problems.set(
    'HARDLINE_CHECKPOINT_KEY_VAULT',
    'must be the address of a secret, https://VAULT.vault.azure.net/secrets/NAME.',
  );
  return BESIDE;
}

/** A PEM text, also with `\n` written out, as some tools pass it; or its base64. */
function pemOf(text: string): string {
  const lines = text.replaceAll(String.raw`\n`, '\n').trim();
  return lines.startsWith('-----') ? `${lines}\n` : Buffer.from(lines, 'base64').toString('utf8');
}
