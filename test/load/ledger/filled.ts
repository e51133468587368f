/**
 * Ledgers of a size, for measuring: written through the ledger itself, so that they are what the bot would have written, and kept
 * in the folder for temporary files under the shape of their tables. Copies are handed out; the kept ones stay as they are.
 */
import { hash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Case, CaseId } from '../../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../../src/procedure/facts.ts';
import type { LedgerEntry } from '../../../src/casework/ports/ledger.ts';
import { openLedger, type OpenedLedger } from '../../../src/ledger/open.ts';
import { counting, draft, entry, minutesLater } from '../../ledger/fixtures.ts';

/** How large a ledger is. */
export interface Size {
  readonly cases: number;
  /** How many of the cases are open. */
  readonly open: number;
  /** Entries for each case: its opening, and the rest with its last step. */
  readonly entriesPerCase: number;
}

const FILE = 'ledger.sqlite';
/** Steps under way at the same time: they share their commits. */
const AT_ONCE = 64;
/** A case is opened every minute; the clock is behind none of them. */
const CASES_AT_MOST = 200_000;
const PEOPLE = 20_000;
const TECHNICIANS = 50;

export const personNumber = (kind: 'caller' | 'technician', number: number): PersonId =>
  `b${kind === 'caller' ? 1 : 2}000000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId;

/** A copy of a ledger of this size, in a folder of its own inside `within`. */
export async function filledLedger(size: Size, within: string): Promise<string> {
  const kept = join(tmpdir(), 'hardline-measured-ledgers', await keyOf(size, within));
  if (!existsSync(kept)) {
    const growing = mkdtempSync(join(within, 'growing-'));
    await fill(join(growing, FILE), size);
    mkdirSync(join(kept, '..'), { recursive: true });
    cpSync(growing, `${kept}.new`, { recursive: true });
    renameSync(`${kept}.new`, kept);
  }
  const copy = mkdtempSync(join(within, 'filled-'));
  cpSync(kept, copy, { recursive: true });
  return join(copy, FILE);
}

/** The tables of today and the size: a ledger of other tables is made anew. */
async function keyOf(size: Size, within: string): Promise<string> {
  const file = join(mkdtempSync(join(within, 'empty-')), FILE);
  await (await open(file)).close();
  const database = new SqliteDatabase(file, { readonly: true });
  const tables = database.prepare('select name, sql from sqlite_schema order by name').all();
  database.close();
  return hash('sha256', JSON.stringify([2, size, tables]), 'hex').slice(0, 16);
}

export function open(file: string): Promise<OpenedLedger> {
  return openLedger({ file, now: () => minutesLater(CASES_AT_MOST), newId: counting() });
}

async function fill(file: string, { cases, open: stayOpen, entriesPerCase }: Size): Promise<void> {
  const ledger = await open(file);
  for (let first = 0; first < cases; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, cases - first) }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => work(ledger, number, number >= cases - stayOpen, entriesPerCase)));
  }
  await ledger.close();
}

/** One case from its opening to where it stays. */
async function work(ledger: OpenedLedger, number: number, stays: boolean, entries: number): Promise<void> {
  const at = minutesLater(number);
  const technician = personNumber('technician', number % TECHNICIANS);
  // Few people call often, and most people once. Whoever has an open case calls only once.
  const caller = personNumber(
    'caller',
    stays ? PEOPLE + number : Math.floor(PEOPLE * ((number * 7919) % 1000) ** 2 * 1e-6),
  );
  const common = { actor: technician, about: caller } as const;
  const answer = await ledger.openCase(
    draft({ technician, caller, openedAt: at, movedAt: at }),
    (id) => [entry('case.opened', { ...common, caseId: id, detail: { to: 'asking-methods', unread: [] } })],
    at,
  );
  if (answer.kind === 'already-open') return; // two of one batch call for one person; the next ones make up for it
  const { stored } = answer;
  if (entries < 2) return;
  const state: Case['state'] = stays
    ? { kind: 'choosing-proof', lastAttempt: null }
    : { kind: 'closed', at: later(at), closing: { outcome: 'abandoned', because: 'caller-hung-up' } };
  const rest = Array.from({ length: entries - 1 }, (_, index) => lineOf(stored.case.id, index, common));
  await ledger.advance(stored, { ...stored.case, state }, rest, later(at));
}

const later = (at: Instant): Instant => (at + 30_000) as Instant;

/** Steps by the technician, and messages of the bot with their outcomes. */
function lineOf(id: CaseId, index: number, common: Pick<LedgerEntry, 'actor' | 'about'>): LedgerEntry {
  const intentId = `intent-${id}-${Math.floor(index / 3)}`;
  switch (index % 3) {
    case 0:
      return entry('case.callback-recorded', {
        ...{ ...common, caseId: id },
        detail: { from: 'awaiting-callback', to: 'choosing-proof', outcome: 'nobody' },
      });
    case 1:
      return entry('notice.caller.intent', { ...common, actor: 'hardline', caseId: id, intentId });
    default:
      return entry('notice.caller.outcome', {
        ...{ ...common, actor: 'hardline', caseId: id, intentId },
        detail: { outcome: 'delivered to the chat of the caller', tries: 1 },
      });
  }
}
