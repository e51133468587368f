/**
 * What the ledger has about the process itself: that it started and stopped, how the run before ended, and which settings are not what
 * they were at the last start. Somebody who changes a setting, restarts, and changes it back leaves two entries.
 */
import { createHash } from 'node:crypto';
import { entryOf } from '../ports/events/catalogue.ts';
import { Fault } from '../ports/fault.ts';
import type { Ledger, LedgerEntry, RecordedEntry } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { Recovered } from './recovery.ts';

/** A setting of the configuration. */
export interface Setting {
  readonly name: string;
  /** As JSON. */
  readonly value: string;
  /** The ledger may hold the value. */
  readonly harmless: boolean;
}

/** What is known at a start. */
export interface RunFacts {
  readonly version: string;
  readonly node: string;
  readonly channel: string;
  readonly graph: string;
  readonly settings: readonly Setting[];
  readonly recovered: Recovered;
  /** Facts of the tenant index that were forgotten because its key is new; `null` when it is the same key. */
  readonly forgotten: number | null;
}

type Parts = { readonly ledger: Ledger; readonly runtime: Runtime };

const PROCESS = ['process.started', 'process.stopped'] as const;
const CONFIG = ['config.recorded', 'config.changed'] as const;
/** Hexadecimal digits of a digest: enough to see a change, too few to guess a value from. */
const DIGEST_DIGITS = 12;
/** A list of an entry holds a hundred texts of a thousand characters. */
const LINE_LENGTH = 900;
const CHANGES_AT_MOST = 100;
const VALUE_LENGTH = 400;

/** Records a start. Throws Fault when the ledger cannot be written: a bot that cannot say that it runs does not run. */
export async function recordStart({ ledger, runtime }: Parts, facts: RunFacts): Promise<void> {
  const [before, config] = await Promise.all([ledger.newestOf(PROCESS), ledger.newestOf(CONFIG)]);
  const { version, node, channel, graph, recovered, forgotten } = facts;
  const started = entryOf(
    'process.started',
    { actor: 'hardline' },
    { version, node, channel, graph, before: endOf(before), orders: recovered.orders, others: recovered.others },
  );
  const keys = forgotten === null ? [] : [entryOf('key.index-changed', { actor: 'hardline' }, { forgotten })];
  const settings = settingsEntry(config, facts.settings, runtime.newId());
  await ledger.record([started, ...keys, ...settings], runtime.now());
}

/** Records that the bot stops. A stop that cannot be recorded is logged and goes on; the next start says that there is none. */
export async function recordStop({ ledger, runtime, log }: Parts & { readonly log: Log }): Promise<void> {
  try {
    await ledger.record([entryOf('process.stopped', { actor: 'hardline' }, {})], runtime.now());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.error({ code: error.code }, 'the stop could not be recorded');
  }
}

/** What a verification of the ledger found. */
export type Verdict =
  { readonly ok: true } | { readonly ok: false; readonly problem: string; readonly at: number | null };

/** Verifies the ledger, and records when it does not verify. The verdict counts more than the entry, which may not be written any more. */
export async function recordVerdict<V extends Verdict>(
  { ledger, runtime, log }: Parts & { readonly log: Log },
  verify: () => Promise<V>,
): Promise<V> {
  const verdict: V = await verify();
  if (verdict.ok) return verdict;
  const { problem, at } = verdict;
  log.error({ problem, at }, 'the ledger does not verify');
  const entry = entryOf('ledger.verification-failed', { actor: 'hardline' }, { problem, ...(at !== null && { at }) });
  try {
    await ledger.record([entry], runtime.now());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.error({ code: error.code }, 'the failed verification could not be recorded');
  }
  return verdict;
}

function endOf(before: RecordedEntry | null): 'first' | 'stopped' | 'not-stopped' {
  if (before === null) return 'first';
  return before.code === 'process.stopped' ? 'stopped' : 'not-stopped';
}

/** The entry about settings that changed since the last one; none when all are the same. */
function settingsEntry(last: RecordedEntry | null, settings: readonly Setting[], salt: string): readonly LedgerEntry[] {
  const now = { salt, digests: linesOf(settings.map((one) => `${one.name}=${digestOf(salt, one)}${valueOf(one)}`)) };
  const known = last === null ? null : knownFrom(last);
  if (known === null) return [entryOf('config.recorded', { actor: 'hardline' }, now)];
  const changed = changesSince(known, settings);
  if (changed.length === 0) return [];
  return [entryOf('config.changed', { actor: 'hardline' }, { ...now, changed: changed.slice(0, CHANGES_AT_MOST) })];
}

/** What an entry remembers of the settings. */
interface Known {
  readonly salt: string;
  /** For each name its digest and, where it is harmless, its value. */
  readonly settings: ReadonlyMap<string, { readonly digest: string; readonly value: string | null }>;
}

function knownFrom({ detail: { salt, digests } }: RecordedEntry): Known | null {
  if (typeof salt !== 'string' || !Array.isArray(digests)) return null;
  const rows = digests.flatMap((line: string) => line.split(' ')).map((row) => row.split('=', 3));
  const settings = rows.map(([name = '', digest = '', value]) => {
    return [name, { digest, value: value === undefined ? null : decodeURIComponent(value) }] as const;
  });
  return { salt, settings: new Map(settings) };
}

function changesSince({ salt, settings: known }: Known, settings: readonly Setting[]): readonly string[] {
  const changed = settings.flatMap((one) => {
    const before = known.get(one.name);
    if (before?.digest === digestOf(salt, one)) return [];
    if (before === undefined) return [one.harmless ? `${one.name}: new, ${short(one.value)}` : `${one.name}: new`];
    return [one.harmless ? `${one.name}: ${short(before.value ?? 'not kept')} to ${short(one.value)}` : one.name];
  });
  const names = new Set(settings.map(({ name }) => name));
  const gone = [...known.keys()].filter((name) => !names.has(name)).map((name) => `${name}: gone`);
  return [...changed, ...gone];
}

function digestOf(salt: string, { name, value }: Setting): string {
  const text = JSON.stringify([salt, name, value]);
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, DIGEST_DIGITS);
}

function valueOf({ harmless, value }: Setting): string {
  const encoded = encodeURIComponent(value);
  return harmless && encoded.length <= VALUE_LENGTH ? `=${encoded}` : '';
}

function short(value: string): string {
  return value.length <= VALUE_LENGTH ? value : `${value.slice(0, VALUE_LENGTH)}…`;
}

/** As few lines as hold them all. */
function linesOf(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
