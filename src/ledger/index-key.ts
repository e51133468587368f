/**
 * The key of the digests in the tenant index: a telephone number has so few possible values that a plain hash of it could be
 * tried out by anybody who has the database file. Keep the key apart from backups of the database.
 * A lost key costs no record: the index forgets its digests, says so, and learns the values again.
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, constants, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { FollowedFact } from '../casework/ports/tenant-index.ts';
import { systemCode, unsuitable } from './failures.ts';
import { keyTextOf, type WhenMissing } from './key-file.ts';

const KEY_BYTES = 32;
const KEY_TEXT = /^[0-9a-f]{64}\n?$/;

/**
 * Reads the key from `file` (64 hex digits), or makes one there, readable by its owner alone, unless it must be there.
 * Throws Fault `configuration` when the file cannot be read or made, can be read by others, or holds something else.
 */
export function openIndexKey(file: string, whenMissing: WhenMissing = 'make'): KeyObject {
  const key = indexKeyIn(keyTextOf('the key of the tenant index', file, whenMissing) ?? makeKeyText(file));
  if (key === null) {
    throw unsuitable(
      `${file} is no key of the tenant index; remove it and a new one is made, or put the right one there`,
    );
  }
  return key;
}

/** The key in the text of a key file; `null` when the text is anything else. */
export function indexKeyIn(text: string): KeyObject | null {
  return KEY_TEXT.test(text) ? createSecretKey(text.trim(), 'hex') : null;
}

/** Written whole under another name first, then linked: nobody ever sees half a key, and of two processes one key wins. */
function makeKeyText(file: string): string {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeWhole(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    try {
      linkSync(draft, file);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unsuitable(`the key of the tenant index cannot be made (${systemCode(error)})`, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Written through to the disk. Not by `fsync`, which Node's permission model refuses altogether. */
const NEW_AND_SYNCED = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_SYNC;

function writeWhole(file: string, text: string): void {
  const descriptor = openSync(file, NEW_AND_SYNCED, 0o600);
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The keyed digest of a value of a fact: HMAC-SHA-256, base64url. The fact goes in and the person does not, so that a number
 * that several people share can be found.
 */
export function factDigest(key: KeyObject, fact: FollowedFact, value: string): string {
  return createHmac('sha256', key).update(`${fact}\0${value}`).digest('base64url');
}

/** Tells keys apart and says nothing about them. No digest of a value is made from a text that begins like this one. */
function checkValue(key: KeyObject): string {
  return createHmac('sha256', key).update('\0the key of the tenant index').digest('base64url');
}

/** What became of the index when a key was put to it. */
export type KeyOutcome =
  | { readonly kind: 'same-key' | 'first-key' }
  /** `forgotten`: how many facts lost what was known of their value. */
  | { readonly kind: 'new-key'; readonly forgotten: number };

/**
 * Makes sure that every digest in the index was made with this key. With another key no digest can be compared, so all of
 * them go, and the sources that filled them begin anew: a number must not look unchanged, nor changed, for that reason.
 * When a change was seen or logged is kept: it stays true, and a source that vouched for the time since then does not come back.
 */
export function useIndexKey(database: Database, key: KeyObject): KeyOutcome {
  const check = checkValue(key);
  const compare = database.transaction((): KeyOutcome => {
    const stored: unknown = database.prepare('select check_value from index_key where id = 1').pluck().get();
    if (stored === check) return { kind: 'same-key' };
    const forgotten = Number(
      database.prepare('select count(*) from index_facts where digest is not null').pluck().get(),
    );
    database.exec(`
      delete from index_facts where changed_at is null;
      update index_facts set digest = null where digest is not null;
      delete from index_sources where source in ('people', 'everybody');
    `);
    database.prepare('insert or replace into index_key (id, check_value) values (1, ?)').run(check);
    return stored === undefined ? { kind: 'first-key' } : { kind: 'new-key', forgotten };
  });
  return compare.immediate();
}
