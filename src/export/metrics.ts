/**
 * The metrics of the shipping. Labels are names of ours and codes, nothing that a receiver sent.
 */
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** What is counted; `to` is a destination. */
export interface ShippingMetrics {
  /** Entries that the destination does not have yet. */
  backlog(to: string, entries: number): void;
  shipped(to: string, entries: number): void;
  /** An entry that the receiver refused for good. */
  leftOut(to: string): void;
  failed(to: string, why: string): void;
}

/** Registers the metrics. Throws when they are registered already. */
export function shippingMetrics(registry: Registry, destinations: readonly string[]): ShippingMetrics {
  const registers = [registry];
  const backlog = new Gauge({
    name: 'hardline_shipping_backlog_entries',
    help: 'Ledger entries that the destination does not have yet.',
    labelNames: ['to'],
    registers,
  });
  const shipped = new Counter({
    name: 'hardline_shipping_entries_total',
    help: 'Ledger entries that the destination confirmed; one that was sent again counts again.',
    labelNames: ['to'],
    registers,
  });
  const leftOut = new Counter({
    name: 'hardline_shipping_left_out_total',
    help: 'Ledger entries that the receiver refused for good.',
    labelNames: ['to'],
    registers,
  });
  const failures = new Counter({
    name: 'hardline_shipping_failures_total',
    help: 'Tries that did not reach the destination, by code.',
    labelNames: ['to', 'why'],
    registers,
  });
  for (const to of destinations) {
    shipped.inc({ to }, 0); // so that the first one is seen as a change
    leftOut.inc({ to }, 0);
  }
  return {
    backlog: (to, entries) => {
      backlog.set({ to }, entries);
    },
    shipped: (to, entries) => {
      shipped.inc({ to }, entries);
    },
    leftOut: (to) => {
      leftOut.inc({ to });
    },
    failed: (to, why) => {
      failures.inc({ to, why });
    },
  };
}
