/**
 * When each source is read: one round at a time, the next one after its interval, sooner while there is more to read, later
 * after failures. Whoever needs a source up to date joins the round that is running, or starts one; a round that began a
 * moment ago is recent enough for everybody.
 */
import { Fault } from '../../casework/ports/fault.ts';
import { outsideTurns } from '../../casework/ports/turn-id.ts';
import type { SourceName, TenantIndex } from '../../casework/ports/tenant-index.ts';
import type { Instant, UnreadReason } from '../../procedure/facts.ts';
import { BETWEEN_PARTS_MS, LONGEST_PAUSE_MS, NOT_LICENSED_PAUSE_MS } from './settings.ts';
import type { FeedSource, RoundEnd, Statuses } from './source.ts';

/** What happened to a source, for the log. */
export type FeedReport =
  | { readonly kind: 'trouble'; readonly source: SourceName; readonly why: UnreadReason | 'index' | 'bug' }
  | { readonly kind: 'recovered'; readonly source: SourceName }
  /** The source was followed anew: what happened in between was told to nobody. */
  | { readonly kind: 'gap'; readonly source: SourceName };

/** What a schedule needs. */
export interface ScheduleParts {
  readonly source: FeedSource;
  readonly everyMs: number;
  readonly index: TenantIndex;
  readonly now: () => Instant;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Called when trouble begins, changes, or ends, and after a gap. Must not throw. */
  readonly report: (report: FeedReport) => void;
  /** Called with the state of all sources after every round. */
  readonly onRound: (statuses: Statuses) => void;
  /** Aborts when the feed is closed. */
  readonly closing: AbortSignal;
}

/** The schedule of one source. */
export interface Schedule {
  readonly name: SourceName;
  isDue(): boolean;
  /** Reads a round, or joins the one that is running. Never rejects. */
  run(): Promise<RoundEnd['kind']>;
  /** Makes sure that a round began at most `recentMs` ago, unless Graph asked us to wait. Never rejects. */
  refresh(recentMs: number): Promise<unknown>;
  /** Resolves when no round is running. */
  whenIdle(): Promise<unknown>;
}

/** Microsoft asked us to wait, or will not answer however often we ask. */
const WAITS_FOR: ReadonlySet<string> = new Set(['throttled', 'not-licensed']);

/** Sources in which a gap matters: what they did not tell in it, nobody else tells. */
const OBSERVED: ReadonlySet<SourceName> = new Set<SourceName>(['people', 'audit']);

/** The schedule of a source. It is due at once. */
export function scheduleOf(parts: ScheduleParts): Schedule {
  const { source, everyMs, index, now, random, report, onRound, closing } = parts;
  let nextAt = 0;
  let beganAt = -Infinity;
  let failures = 0;
  let trouble: UnreadReason | 'index' | 'bug' | null = null;
  let running: Promise<RoundEnd['kind']> | null = null;

  /** True also when the clock was set back: what is due "tomorrow" would never come otherwise. */
  const passed = (moment: number): boolean => now() >= moment || now() < beganAt;

  function pauseAfter(why: UnreadReason | 'index' | 'bug'): number {
    if (why === 'not-licensed') return NOT_LICENSED_PAUSE_MS;
    const doubled = Math.min(everyMs, LONGEST_PAUSE_MS) * 2 ** Math.min(failures - 1, 10);
    return Math.min(doubled, LONGEST_PAUSE_MS) * (1 + 0.2 * random());
  }

  function changeTrouble(now: typeof trouble): void {
    if (now === trouble) return;
    trouble = now;
    report(
      now === null ? { kind: 'recovered', source: source.name } : { kind: 'trouble', source: source.name, why: now },
    );
  }

  async function attempt(): Promise<RoundEnd | { readonly kind: 'broken'; readonly why: 'index' | 'bug' }> {
    try {
      const before = await index.sources();
      const end = await source.round(before);
      const after = await index.sources();
      if (OBSERVED.has(source.name) && sinceIn(after) > sinceIn(before)) report({ kind: 'gap', source: source.name });
      onRound(after);
      return end;
    } catch (error) {
      if (closing.aborted) return { kind: 'partial' };
      return { kind: 'broken', why: error instanceof Fault ? 'index' : 'bug' };
    }
  }

  /** Since when the source is observed; nothing is later than "not yet". */
  function sinceIn(statuses: Statuses): number {
    return statuses.get(source.name)?.observedSince ?? Infinity;
  }

  async function round(): Promise<RoundEnd['kind']> {
    beganAt = now();
    const end = await attempt();
    const at = now();
    if (end.kind === 'failed' || end.kind === 'broken') {
      failures += 1;
      changeTrouble(end.why);
      nextAt = at + pauseAfter(end.why);
      return 'failed';
    }
    failures = 0;
    if (end.kind === 'complete') changeTrouble(null);
    nextAt = end.kind === 'complete' ? Math.max(beganAt + everyMs, at) : at + BETWEEN_PARTS_MS;
    return end.kind;
  }

  function run(): Promise<RoundEnd['kind']> {
    // A round is for everybody who joins it, so it belongs to no turn.
    running ??= outsideTurns(round).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    name: source.name,
    isDue: () => running === null && !closing.aborted && passed(nextAt),
    run,
    async refresh(recentMs) {
      if (running !== null) return running;
      if (!passed(beganAt + recentMs)) return;
      if (trouble !== null && WAITS_FOR.has(trouble) && !passed(nextAt)) return;
      return run();
    },
    whenIdle: async () => running,
  };
}
