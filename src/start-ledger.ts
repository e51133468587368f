/**
 * Opens the ledger at a start, with all that belongs to it: its key, the places that keep its checkpoints, and its copies for a SIEM.
 * The order matters: what was there before is looked at before any key is made, and checkpoints that are kept elsewhere are read
 * before the ledger is trusted.
 */
import type { DestinationStream } from 'pino';
import type { Registry } from 'prom-client';
import type { CheckpointKeeper } from './checkpoints/keeper.ts';
import type { Log } from './casework/ports/log.ts';
import type { Timing } from './casework/ports/runtime.ts';
import type { Clocks } from './config/clocks.ts';
import type { Config } from './config/config.ts';
import { ledgerStart } from './config/ledger-start.ts';
import { printCheckpoints, startCheckpoints } from './config/start-checkpoints.ts';
import type { TenantConnection } from './graph/connection.ts';
import { copyLedger, type LedgerCopies } from './ledger-copies.ts';
import { openIndexKey } from './ledger/index-key.ts';
import { openLedger, type OpenedLedger } from './ledger/open.ts';

/** What it takes. */
export interface LedgerStartParts {
  readonly config: Config;
  readonly file: string;
  readonly newId: () => string;
  readonly clocks: Clocks;
  readonly tenant: TenantConnection;
  readonly timing: Timing;
  readonly log: Log;
  /** Where log lines go; checkpoints go there at every log level, unless `onCheckpoint` takes them. */
  readonly logTo: DestinationStream;
  readonly onCheckpoint: ((text: string) => void) | undefined;
  readonly registry: Registry;
  /** The clock of limits and pauses, when a test moves it. */
  readonly limitsClock: { readonly clock: () => number } | undefined;
  /** What has to be closed when a later step of the start fails, in this order reversed. */
  readonly opened: (() => Promise<void>)[];
}

/** The ledger, open. */
export interface StartedLedger {
  readonly ledger: OpenedLedger;
  readonly keeper: CheckpointKeeper;
  readonly copies: LedgerCopies;
  /** How many facts of the tenant index were forgotten because its key is new; `null` when it is the same as ever. */
  readonly forgotten: number | null;
}

/** Opens it. Throws Fault that says what is wrong with a key, a file or the ledger. */
export async function startLedger(parts: LedgerStartParts): Promise<StartedLedger> {
  const { config, file, newId, clocks, tenant, timing, log, logTo, onCheckpoint, registry, limitsClock, opened } =
    parts;
  const { now } = clocks;
  let forgotten: number | null = null;
  const ledgerAt = ledgerStart(config, file, log);
  const print = onCheckpoint ?? printCheckpoints(logTo);
  const { keeper, forTheLedger } = await startCheckpoints({ config, tenant, log, registry, now, timing, print });
  opened.push(() => keeper.close());
  const ledger = await openLedger({
    ...{ file, newId, ...ledgerAt },
    ...clocks.opening(config.clockWasWrongAt, log),
    ...forTheLedger,
    sourceDelays: () => config.feed.delays,
    ...(config.indexKeyFile !== null && { indexKey: openIndexKey(config.indexKeyFile, 'refuse') }),
    onNewIndexKey(count) {
      forgotten = count;
      log.warn({ forgotten }, 'the key of the tenant index is new: how long numbers are unchanged is learned again');
    },
  });
  opened.push(() => ledger.close());
  await clocks.opened(ledger);
  const copies = copyLedger({ settings: config.shipping, ledger, log, registry, now, ...limitsClock });
  opened.push(() => copies.close());
  return { ledger, keeper, copies, forgotten };
}
