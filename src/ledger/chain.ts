/**
 * The chain: how an entry is encoded, hashed and tied to the one before it. Pure functions of bytes.
 * Two different records never have the same encoding: every field carries its length and every kind of hash its own prefix, so
 * bytes cannot move from one field to the next, and no hash can be used in place of another.
 */
import { hash } from 'node:crypto';

/** A record as it is chained: ids, times, codes, and a commitment to the detail that is kept apart. */
export interface ChainedRecord {
  readonly seq: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly code: string;
  readonly actor: string;
  readonly about: string | null;
  readonly caseId: number | null;
  readonly intentId: string | null;
  /** See `detailCommitment`. Still there when the detail was erased. */
  readonly detailCommitment: string;
  /** See `caseDigest`; on the last entry of every step of a case, otherwise `null`. */
  readonly caseDigest: string | null;
  /** The hash of the record before; of the first record: `genesisHash`. */
  readonly prev: string;
}

/** A case as its row holds it, everything the digest binds. */
export interface CaseRecord {
  readonly id: number;
  readonly version: number;
  readonly technician: string;
  readonly caller: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly state: string;
  /** The case as JSON, byte for byte as stored. */
  readonly body: string;
}

const DOMAIN = {
  genesis: 'hardline/genesis/v1',
  entry: 'hardline/entry/v1',
  detail: 'hardline/detail/v1',
  case: 'hardline/case/v1',
} as const;

/** The hash before the first record. It names the ledger, so a chain cannot be moved into another one. */
export function genesisHash(origin: string): string {
  return sha256(encode(DOMAIN.genesis, [origin]));
}

/** The hash of a record, lower-case hex SHA-256 over its canonical encoding. */
export function recordHash(record: ChainedRecord): string {
  return sha256(encodeRecord(record));
}

/** The canonical encoding that is hashed. Injective: different records, different text. */
export function encodeRecord(record: ChainedRecord): string {
  return encode(DOMAIN.entry, [
    record.seq,
    record.at,
    record.code,
    record.actor,
    record.about,
    record.caseId,
    record.intentId,
    record.detailCommitment,
    record.caseDigest,
    record.prev,
  ]);
}

/**
 * Binds a record to its detail without holding it: SHA-256 over salt and text. Once salt and text are erased, nothing
 * can be guessed back from the commitment, and the chain stays valid.
 */
export function detailCommitment(salt: string, detail: string): string {
  return sha256(encode(DOMAIN.detail, [salt, detail]));
}

/** Binds the state of a case to the entry that moved it, so that a case row cannot be edited unnoticed. */
export function caseDigest(salt: string, record: CaseRecord): string {
  return sha256(
    encode(DOMAIN.case, [
      salt,
      record.id,
      record.version,
      record.technician,
      record.caller,
      record.openedAt,
      record.closedAt,
      record.state,
      record.body,
    ]),
  );
}

type Field = string | number | null;

/** `12:some value,` for a value, `-,` for none: the length comes first, so nothing inside a value can end it. */
function encode(domain: string, fields: readonly Field[]): string {
  let text = `${domain}\n`;
  for (const field of fields) text += field === null ? '-,' : inAscii(String(field));
  // Nearly every record is plain ASCII: then each character is a byte, and one look at the whole says so for all lengths.
  return Buffer.byteLength(text) === text.length ? text : encodeAnyText(domain, fields);
}

function inAscii(value: string): string {
  return `${value.length}:${value},`;
}

function encodeAnyText(domain: string, fields: readonly Field[]): string {
  let text = `${domain}\n`;
  for (const field of fields) {
    const value = String(field);
    text += field === null ? '-,' : `${Buffer.byteLength(value)}:${value},`;
  }
  return text;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
