/**
 * Which signatures a ledger must hold. From the first `ledger.key-used` on, every entry of SIGNED_CODES bears the signature of
 * the key that is in use by then. The first key vouches for itself; every later one is signed by itself and by the one before.
 */
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { isEntrySignedBy, keyIdOf, KEY_USED_CODE, publicKeyIn, SIGNED_CODES } from './seal.ts';
import type { Tables } from './tables.ts';

/** What does not fit. */
export type SignatureProblem = 'signature-missing' | 'signature-wrong' | 'signature-stray' | 'key-unknown';

/** An entry as far as its signature goes. */
export interface SignedRow {
  readonly seq: number;
  readonly code: string;
  readonly hash: string;
  /** `null` when it was erased, which an entry of a key never is. */
  readonly detail: string | null;
}

/** Looks at entries in the order of the chain. */
export interface SignatureRules {
  /** Whether entries must be signed by now: a key was used. */
  inForce(): boolean;
  entry(row: SignedRow): SignatureProblem | null;
  /** After the last entry. */
  end(): SignatureProblem | null;
  /** The entry with which signing began, whether the key that was given is among those used, and which one is in use. */
  summary(): { readonly signedSince: number | null; readonly knownKey: boolean; readonly inUse: string | null };
}

const keyDetail = z.object({ key: z.string(), publicKey: z.string() });

/** The rules of a ledger from before there were signatures. */
export const NO_SIGNATURES: SignatureRules = {
  inForce: () => false,
  entry: () => null,
  end: () => null,
  summary: () => ({ signedSince: null, knownKey: false, inUse: null }),
};

/**
 * Reads the signatures, which are few, and the rules that go with them. `trusted`: one of the keys must be this one. `after`: the
 * check begins behind this entry; the keys that were in use before it are looked at first.
 */
export async function signatureRules(
  db: Kysely<Tables>,
  trusted: KeyObject | null,
  after: number,
): Promise<SignatureRules & { readonly before: SignatureProblem | null }> {
  const rules = rulesFor(await db.selectFrom('signatures').selectAll().execute(), trusted, after);
  const keys = await db
    .selectFrom('entries')
    .leftJoin('details', 'details.seq', 'entries.seq')
    .select(['entries.seq', 'entries.code', 'entries.hash', 'details.detail'])
    .where('entries.code', '=', KEY_USED_CODE)
    .where('entries.seq', '<=', after)
    .orderBy('entries.seq')
    .execute();
  const before = keys.map((row) => rules.entry(row)).find((problem) => problem !== null) ?? null;
  return { ...rules, before };
}

interface SignatureRow {
  readonly seq: number;
  readonly key_id: string;
  readonly signature: string;
}

function rulesFor(rows: readonly SignatureRow[], trusted: KeyObject | null, after: number): SignatureRules {
  const found = new Map<number, Map<string, string>>();
  for (const row of rows) {
    const ofEntry = found.get(row.seq) ?? new Map<string, string>();
    found.set(row.seq, ofEntry.set(row.key_id, row.signature));
  }
  const trustedId = trusted === null ? null : keyIdOf(trusted);
  /** Signed before a key was named, in the same transaction: the entry with which a new ledger says that it is new. */
  const early: SignedRow[] = [];
  let inUse: Key | null = null;
  let signedSince: number | null = null;
  let knownKey = false;
  let checked = 0;

  const signedBy = (key: Key, row: SignedRow): SignatureProblem | null => {
    const signature = found.get(row.seq)?.get(key.id);
    if (signature === undefined) return found.has(row.seq) ? 'signature-wrong' : 'signature-missing';
    return isEntrySignedBy(key.publicKey, row.hash, signature) ? null : 'signature-wrong';
  };

  return {
    inForce: () => inUse !== null,
    entry(row) {
      if (!SIGNED_CODES.has(row.code)) return null;
      const before = inUse;
      if (row.code === KEY_USED_CODE) {
        const key = keyNamedIn(row.detail);
        if (key === null) return 'key-unknown';
        inUse = key;
        signedSince ??= row.seq;
        if (key.id === trustedId) knownKey = true;
        const problem = [...early.splice(0), row].map((one) => signedBy(key, one)).find((one) => one !== null);
        if (problem !== undefined) return problem;
      }
      if (before === null && inUse === null && found.has(row.seq)) early.push(row);
      const problem = before === null ? null : signedBy(before, row);
      if (row.seq > after && found.has(row.seq)) checked += 1;
      return problem;
    },
    end() {
      if (early.length > 0 || checked !== [...found.keys()].filter((seq) => seq > after).length)
        return 'signature-stray';
      return trustedId !== null && signedSince !== null && !knownKey ? 'key-unknown' : null;
    },
    summary: () => ({ signedSince, knownKey, inUse: inUse?.id ?? null }),
  };
}

interface Key {
  readonly id: string;
  readonly publicKey: KeyObject;
}

/** The key in the detail of a `ledger.key-used`; `null` when it names none, or another than it holds. */
export function keyNamedIn(detail: string | null): Key | null {
  if (detail === null) return null;
  try {
    const { key, publicKey } = keyDetail.parse(JSON.parse(detail));
    const read = publicKeyIn(publicKey);
    return read !== null && keyIdOf(read) === key ? { id: key, publicKey: read } : null;
  } catch {
    return null; // no detail of ours
  }
}
