/**
 * How careful the bot is: normal, elevated (two people for every pass), lockdown (no pass at all).
 * The newest mode entry in the ledger decides; the mode survives restarts, and only a lead lowers it.
 */
import type { Instant, PersonId } from '../../procedure/facts.ts';
import type { Policy } from '../../procedure/policy.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { MODE_CODES } from '../ports/ledger-codes.ts';
import type { Actor, Ledger, RecordedEntry } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';

/** The three modes. */
export type Mode = Policy['mode'];

/** The mode now, since when, and by whom. */
export interface ModeStatus {
  readonly mode: Mode;
  readonly since: Instant | null;
  readonly by: Actor | null;
  /** As the lead wrote it; empty when erased or not given. */
  readonly reason: string;
  /** Ten or more recoveries within an hour raised it. */
  readonly spike: boolean;
}

/** Reads and sets the mode. */
export interface Modes {
  /** What is known without asking the ledger again. */
  current(): ModeStatus;
  /**
   * Reads the ledger again: another process may have changed the mode. Gives what a step that depends on the mode must name
   * in `WithStep.unlessNewer`. Throws Fault when the ledger cannot be read.
   */
  refresh(): Promise<{ readonly codes: readonly string[]; readonly than: number }>;
  /** Writes the new mode down; it holds from the moment this resolves. Throws Fault when it cannot be written. */
  set(mode: Mode, by: PersonId, reason: string): Promise<ModeStatus>;
  /** Counts the recoveries of the last hour; raises the mode by itself. True when it just did. */
  look(): Promise<boolean>;
}

const CODES = Object.values(MODE_CODES);
/** What counts as a recovery: a pass was issued, or a new password was set. */
const RECOVERIES = ['case.pass-created', 'case.self-service-succeeded', 'case.password-set'];
const HOUR_MS = 3_600_000;

/** Opens the mode as the ledger has it. `spikeAt`: recoveries of different callers within an hour that raise the mode. */
export async function openModes(ledger: Ledger, runtime: Runtime, spikeAt: number): Promise<Modes> {
  let current: ModeStatus = NORMAL;
  const refresh = async () => {
    const entry = await ledger.newestOf(CODES);
    current = entry === null ? NORMAL : statusOf(entry);
    return { codes: CODES, than: entry?.seq ?? 0 };
  };
  await refresh();
  const write = async (mode: Mode, by: Actor, reason: string): Promise<ModeStatus> => {
    const now = runtime.now();
    await ledger.record([entryOf(MODE_CODES[mode], { actor: by }, { reason })], now);
    current = { mode, since: now, by, reason, spike: by === 'hardline' };
    return current;
  };
  return {
    current: () => current,
    refresh,
    set: (mode, by, reason) => write(mode, by, reason),
    async look() {
      await refresh();
      if (current.mode !== 'normal') return false;
      const hourAgo = (runtime.now() - HOUR_MS) as Instant;
      // A lead who went back to normal has seen the recoveries before that; only later ones count again.
      const since = Math.max(hourAgo, current.since ?? 0) as Instant;
      if ((await ledger.callersIn(RECOVERIES, since)) < spikeAt) return false;
      await write('elevated', 'hardline', `${spikeAt} recoveries within an hour`);
      return true;
    },
  };
}

const NORMAL: ModeStatus = { mode: 'normal', since: null, by: null, reason: '', spike: false };

function statusOf(entry: RecordedEntry): ModeStatus {
  const mode = (Object.keys(MODE_CODES) as Mode[]).find((name) => MODE_CODES[name] === entry.code) ?? 'lockdown';
  const reason = typeof entry.detail['reason'] === 'string' ? entry.detail['reason'] : '';
  return { mode, since: entry.at, by: entry.actor, reason, spike: mode === 'elevated' && entry.actor === 'hardline' };
}
