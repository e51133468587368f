/**
 * Checkpoints: how long the chain is and how it ends, in a text that is kept somewhere else.
 * A chain alone does not show that its end was cut off, or that all of it was written anew; a checkpoint that somebody else
 * keeps does. The text is a signed note as transparency logs write it (C2SP tlog-checkpoint).
 */
import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The end of a chain. `hash` is the newest record's hash, or the genesis hash when `size` is 0. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly hash: string;
}

/** A checkpoint read from text, with the signatures that came along. Not trusted before `isSignedBy`. */
export interface ReadCheckpoint extends Checkpoint {
  /** The three lines that are signed. */
  readonly body: string;
  readonly signatures: readonly Uint8Array[];
}

/** What an Ed25519 key is called in the id of a signed note. */
const ED25519_NOTE = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;

/**
 * The three lines, and a signature line for each key. The keys must be Ed25519 private keys; there are two when one hands over to the
 * other.
 */
export function writeCheckpoint(checkpoint: Checkpoint, signingKey: KeyObject | readonly KeyObject[] | null): string {
  const root = Buffer.from(checkpoint.hash, 'hex').toString('base64');
  const body = `${checkpoint.origin}\n${checkpoint.size}\n${root}\n`;
  if (signingKey === null) return body;
  const lines = [signingKey].flat().map((key) => {
    const stamp = Buffer.concat([keyId(checkpoint.origin, createPublicKey(key)), sign(null, Buffer.from(body), key)]);
    return `— ${checkpoint.origin} ${stamp.toString('base64')}\n`;
  });
  return `${body}\n${lines.join('')}`;
}

const NOTE =
  /^(?<body>(?<origin>[\x21-\x7e]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\n)(?:\n(?<lines>(?:— .+\n)+))?$/u;

/** Reads a checkpoint. `null` when the text is not exactly one. */
export function readCheckpoint(text: string): ReadCheckpoint | null {
  const groups = NOTE.exec(text.replaceAll('\r\n', '\n'))?.groups;
  if (groups === undefined) return null;
  const { body = '', origin = '', size = '', root = '', lines = '' } = groups;
  const bytes = Buffer.from(root, 'base64');
  if (bytes.toString('base64') !== root || !Number.isSafeInteger(Number(size))) return null;
  const signatures = lines
    .split('\n')
    .map((line) => line.split(' '))
    .filter(
      ([dash, name, stamp, ...more]) => dash === '—' && name === origin && stamp !== undefined && more.length === 0,
    )
    .map(([, , stamp = '']) => Buffer.from(stamp, 'base64'));
  return { origin, size: Number(size), hash: bytes.toString('hex'), body, signatures };
}

/** True when one of the signatures was made with the private half of `publicKey` (Ed25519). */
export function isSignedBy(checkpoint: ReadCheckpoint, publicKey: KeyObject): boolean {
  const id = keyId(checkpoint.origin, publicKey);
  return checkpoint.signatures.some(
    (stamp) =>
      stamp.length === KEY_ID_BYTES + SIGNATURE_BYTES &&
      id.equals(stamp.subarray(0, KEY_ID_BYTES)) &&
      verify(null, Buffer.from(checkpoint.body), publicKey, stamp.subarray(KEY_ID_BYTES)),
  );
}

function keyId(name: string, publicKey: KeyObject): Buffer {
  const { x, crv } = publicKey.export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('checkpoints are signed with Ed25519');
  const key = Buffer.from(x, 'base64url');
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519_NOTE]), key]);
  return hash('sha256', named, 'buffer').subarray(0, KEY_ID_BYTES);
}
