/** A shipper to a collector stand-in, with a clock that the test moves and a log that it reads. */
import type { Registry } from 'prom-client';
import type { ShippingSource } from '../../src/casework/ports/ledger-stream.ts';
import type { LogFields } from '../../src/casework/ports/log.ts';
import { shippingMetrics } from '../../src/export/metrics.ts';
import { otlpCollector } from '../../src/export/otlp.ts';
import { shipperTo, type Shipper } from '../../src/export/ship.ts';
import { morning } from '../ledger/fixtures.ts';
import type { Collector } from './collector.ts';

export interface LogLine {
  readonly level: string;
  readonly fields: LogFields;
  readonly message: string;
}

export interface TestShipper {
  readonly source: ShippingSource;
  readonly collector: Collector;
  readonly figures: Registry;
  /** Lines are added here. */
  readonly log: LogLine[];
  readonly clock: () => number;
  readonly protocol?: 'http/json' | 'http/protobuf';
  readonly compression?: 'gzip';
  /** Whether this process is the one that ships. */
  readonly mine?: boolean;
}

export function testShipper({ source, collector, figures, log, clock, ...over }: TestShipper): Shipper {
  const note =
    (level: string) =>
    (fields: LogFields, message: string): void => {
      log.push({ level, fields, message });
    };
  const settings = {
    url: `${collector.origin}/v1/logs`,
    headers: { 'x-api-key': 'k' },
    protocol: over.protocol ?? 'http/json',
    compression: over.compression ?? 'none',
    timeoutMs: 500,
    tls: { ca: null, cert: null, key: null },
  } as const;
  const names = { nameOf: () => 'Case opened to read', version: '1.2.3' };
  return shipperTo({
    ...{ source, clock },
    destination: otlpCollector(settings, names, () => morning),
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    metrics: shippingMetrics(figures, ['otlp']),
    random: () => 0.5,
    mayShip: () => Promise.resolve(over.mine ?? true),
  });
}
