/**
 * What leaves the ledger while the bot runs: entries that are shipped to a SIEM, and the entries about exports that somebody
 * made. Nothing of it is part of a turn; when it fails, the log says so and people go on working.
 */
import { performance } from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import { codes } from './cards/locales/en/ledger.ts';
import { startInterval } from './casework/background/interval.ts';
import type { Log } from './casework/ports/log.ts';
import { ownVersion } from './config/own-version.ts';
import { linesInto } from './export/lines.ts';
import { shippingMetrics } from './export/metrics.ts';
import { otlpCollector } from './export/otlp.ts';
import type { ShippingSettings } from './export/settings.ts';
import { shipperTo } from './export/ship.ts';
import type { OpenedLedger } from './ledger/open.ts';
import type { Instant } from './procedure/facts.ts';

const SHIP_EVERY_MS = 1000;
const EXPORTS_EVERY_MS = 60_000;

/** What it works with. */
export interface CopyParts {
  readonly settings: ShippingSettings;
  readonly ledger: OpenedLedger;
  readonly log: Log;
  readonly registry: Registry;
  readonly now: () => Instant;
  /** Milliseconds on a clock that is never set; the process's own otherwise. */
  readonly clock?: () => number;
  /** Whether this process ships, of several that work with one ledger; with one process, it does. */
  readonly mayShip?: () => Promise<boolean>;
}

/** The copies, at work. */
export interface LedgerCopies {
  /** Does once what the timers do. */
  run(): Promise<void>;
  startTimers(): void;
  /** Breaks off what is under way. What was not shipped is shipped after the next start. */
  close(): Promise<void>;
}

/** What a code is called, in English; one of a newer version is called by itself. */
const nameOf = (code: string): string => (codes as Readonly<Record<string, string>>)[code] ?? code;

/** Prepares it, with nothing started. Throws when a TLS file of the settings cannot be read. */
export function copyLedger(parts: CopyParts): LedgerCopies {
  const { settings, ledger, log, registry, now } = parts;
  const names = { nameOf, version: ownVersion() };
  const destinations = [
    ...(settings.lines === null ? [] : [linesInto(settings.lines)]),
    ...(settings.otlp === null ? [] : [otlpCollector(settings.otlp, names, now)]),
  ];
  const metrics = shippingMetrics(
    registry,
    destinations.map(({ name }) => name),
  );
  const shippers = destinations.map((destination) =>
    shipperTo({
      ...{ source: ledger.shipping, destination, log, metrics, random: Math.random },
      clock: parts.clock ?? (() => performance.now()),
      mayShip: parts.mayShip ?? (() => Promise.resolve(true)),
    }),
  );
  const takeInExports = async (): Promise<void> => {
    const { unreadable } = await ledger.takeInExports(now());
    if (unreadable > 0) log.warn({ lines: unreadable }, 'exports-made.jsonl has lines that are no note of an export');
  };
  let stops: readonly (() => Promise<void>)[] = [];
  return {
    async run() {
      await takeInExports();
      await Promise.all(shippers.map((shipper) => shipper.run()));
    },
    startTimers() {
      stops = [
        startInterval(EXPORTS_EVERY_MS, takeInExports, log, 'exports made'),
        ...shippers.map((one) => startInterval(SHIP_EVERY_MS, () => one.run(), log, `shipping to ${one.name}`)),
      ];
    },
    async close() {
      shippers.forEach((shipper) => {
        shipper.close();
      });
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
