/**
 * What has to be true before a ledger is written to: it is the right one, it is not older than what was kept of it, it was not
 * touched by anybody without the key, and it verifies. Of a long ledger only the end is verified first (see `tailFrom`).
 */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Instant } from '../procedure/facts.ts';
import type { LedgerEntry } from '../casework/ports/ledger.ts';
import { corrupt, unsuitable } from './failures.ts';
import type { StoredHead } from './head-guard.ts';
import { keptHeadPath, type KeptHeadFile } from './kept-head.ts';
import { containment, headText, knownHeads, olderCopy, type Containment, type KnownHeads } from './known-heads.ts';
import { KEY_USED_CODE, publicKeyText, RESTORED_CODE, STARTED_NEW_CODE, type LedgerKey } from './seal.ts';
import { fromText } from './time.ts';
import type { Tables } from './tables.ts';
import { keyNamedIn } from './verify-signatures.ts';
import { verifyTail } from './verify-tail.ts';
import { verifyFile } from './verify.ts';

/** What the operator said about this start: nothing, that the ledger is a new one, or that it is an older copy put back. */
export type StartKind = 'as-usual' | 'new' | 'restored';

/** What is known before the database is looked at. */
export interface StartFacts {
  readonly file: string;
  readonly kind: StartKind;
  readonly key: LedgerKey | null;
  readonly formerKey: LedgerKey | null;
  readonly signingKey: KeyObject | null;
  readonly kept: KeptHeadFile | null;
  readonly checkpoints: readonly string[];
  /** Files that show that there was a ledger here. */
  readonly traces: readonly string[];
  /** From this many entries on, only those after the newest known head are verified at the start. */
  readonly tailFrom: number;
}

/** Of a long ledger this share of `tailFrom` is verified at the start, besides what is newer than what is known of it. */
const TAIL_SHARE = 20;

/** The outcome of the checks. */
export interface CheckedStart {
  readonly opened: StoredHead;
  /** The time of the newest entry. */
  readonly newest: Instant | null;
  /** To be written before anything else. */
  readonly entries: readonly LedgerEntry[];
  /** Whether the whole ledger was verified, or still has to be. */
  readonly verified: 'whole' | 'tail';
  readonly warnings: readonly string[];
}

/** What the bot makes beside a ledger: where one of these is, there was a ledger. A lock alone may come from a start that failed. */
export function ledgerTraces(file: string): readonly string[] {
  const folder = dirname(file);
  const names = [keptHeadPath(file), join(folder, 'checkpoint-key.pem'), join(folder, 'index-key')];
  return names.filter((name) => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) > 0);
}

/** Throws Fault `configuration` when a ledger is about to be made where there was one. Called while the tables are made. */
export function refuseRebirth({ kind, kept, checkpoints, traces, file }: StartFacts): void {
  if (kind === 'new') return;
  const trace = traces[0] ?? (kept !== null && kept.found.length > 0 ? keptHeadPath(file) : null);
  if (trace === null && checkpoints.length === 0) return;
  throw unsuitable(
    `the ledger ${file} is missing or empty, and there was one before (${trace ?? 'a checkpoint kept elsewhere says so'}). ` +
      'Put it back, or start a new one with --new; see "When the start refuses the ledger" in docs/operations.md',
  );
}

/** Checks a ledger that has its tables. Throws Fault `configuration` or `ledger-corrupt`, each with what to do. */
export async function checkStart(db: Kysely<Tables>, facts: StartFacts, isNew: boolean): Promise<CheckedStart> {
  const { file, key, formerKey, signingKey, kept, checkpoints, kind, tailFrom } = facts;
  const opened = await db.selectFrom('chain_head').select(['origin', 'seq', 'hash', 'seal']).executeTakeFirstOrThrow();
  const keyInUse = await readKeyInUse(db);
  checkSeal(opened, keyInUse, facts);
  const keys = [key, formerKey].filter((one) => one !== null);
  const records = kept?.found ?? [];
  const known = knownHeads(records, checkpoints, keys);
  const trusted = keys.map(({ publicKey }) => publicKey);
  const contained: Containment = isNew
    ? { confirmed: null, lost: null }
    : await containment(db, opened, known.heads, trusted);
  if (contained.lost !== null && kind !== 'restored') throw olderCopy(opened, contained.lost);

  const { confirmed } = contained;
  const whole = opened.seq < tailFrom || confirmed === null || keyInUse !== key?.id;
  const verdict = whole
    ? await verifyFile(file, {
        ...{ since: null, publicKey: null, thorough: false },
        // A head that bears an older key's seal, or none yet, was looked at above.
        ...(signingKey !== null && keyInUse === key?.id && { signingKey }),
      })
    : await verifyTail(file, { known: confirmed, back: Math.ceil(tailFrom / TAIL_SHARE), keyId: key.id });
  if (!verdict.ok) throw corrupt(`${verdict.problem} at ${verdict.at ?? 'the file'}`);
  const sealedWithoutFile = key !== null && opened.seal !== null && kept !== null && records.length === 0;
  return {
    opened,
    newest: fromText(await newestTime(db)),
    entries: entriesOf({ facts, isNew, known, contained, keyInUse, sealedWithoutFile }),
    verified: whole ? 'whole' : 'tail',
    warnings: warningsOf(facts, { known, sealedWithoutFile, isNew, lost: contained.lost !== null }),
  };
}

/** The head is sealed with the key in use, or no key was used yet. Throws Fault. */
function checkSeal(head: StoredHead, keyInUse: string | null, { key, formerKey }: StartFacts): void {
  if (keyInUse === null && head.seal === null) return;
  if (key === null)
    throw unsuitable('the ledger is sealed, and is only written with its key: name the key it was sealed with');
  if ([key, formerKey].some((one) => one !== null && one.seal(head) === head.seal)) return;
  if (keyInUse !== null && ![key.id, formerKey?.id].includes(keyInUse)) {
    throw unsuitable(
      `the ledger was sealed with another key (${keyInUse}) than the one given (${key.id}). Put the right key back`,
    );
  }
  throw corrupt(
    `entry ${head.seq} was written by somebody else: its seal is ${head.seal === null ? 'missing' : 'wrong'}`,
  );
}

interface Findings {
  readonly facts: StartFacts;
  readonly isNew: boolean;
  readonly known: KnownHeads;
  readonly contained: Containment;
  readonly keyInUse: string | null;
  readonly sealedWithoutFile: boolean;
}

/** What the ledger has to say about this start before anything else. */
function entriesOf({ facts, isNew, known, contained, keyInUse, sealedWithoutFile }: Findings): readonly LedgerEntry[] {
  const { key, kind, traces, checkpoints } = facts;
  const whole = { actor: 'hardline', about: null, caseId: null, intentId: null } as const;
  const entries: LedgerEntry[] = [];
  if (isNew && kind === 'new' && (traces.length > 0 || checkpoints.length > 0 || known.heads.length > 0)) {
    const newest = new Map(known.heads.toReversed().map((head) => [head.origin, headText(head)]));
    entries.push({ ...whole, code: STARTED_NEW_CODE, detail: { before: [...newest.values()] } });
  }
  if (key !== null && keyInUse !== key.id) {
    entries.push({ ...whole, code: KEY_USED_CODE, detail: { key: key.id, publicKey: publicKeyText(key.publicKey) } });
  }
  if (contained.lost !== null) {
    entries.push({
      ...whole,
      code: RESTORED_CODE,
      detail: { lost: contained.lost.seq, head: headText(contained.lost) },
    });
  }
  if (sealedWithoutFile) entries.push({ ...whole, code: 'ledger.checkpoint-missing', detail: {} });
  return entries;
}

function warningsOf(
  { kind, file }: StartFacts,
  found: {
    readonly known: KnownHeads;
    readonly sealedWithoutFile: boolean;
    readonly isNew: boolean;
    readonly lost: boolean;
  },
): readonly string[] {
  const { known, sealedWithoutFile, isNew, lost } = found;
  return [
    ...(sealedWithoutFile
      ? [
          `${keptHeadPath(file)} is missing or cannot be read: whether the ledger is an older copy could not be checked with it`,
        ]
      : []),
    ...(known.unusable > 0 ? [`${known.unusable} kept checkpoints are not signed with the key of the ledger`] : []),
    ...(kind === 'new' && !isNew
      ? [
          '--new (HARDLINE_NEW_LEDGER) is still set and did nothing: take it away, or a lost ledger is replaced without a question',
        ]
      : []),
    ...(kind === 'restored' && !lost
      ? [
          '--restored (HARDLINE_RESTORED_LEDGER) is still set and did nothing: take it away, or an older copy starts without a question',
        ]
      : []),
  ];
}

/** The id of the key that the newest entry about a key names. */
async function readKeyInUse(db: Kysely<Tables>): Promise<string | null> {
  const row = await db
    .selectFrom('entries')
    .innerJoin('details', 'details.seq', 'entries.seq')
    .select('details.detail')
    .where('entries.code', '=', KEY_USED_CODE)
    .orderBy('entries.seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : (keyNamedIn(row.detail)?.id ?? null);
}

async function newestTime(db: Kysely<Tables>): Promise<string> {
  const row = await db.selectFrom('entries').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.at ?? '';
}
