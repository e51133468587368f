/**
 * The metrics of the channel. Labels come from closed lists; nothing that somebody sent becomes a label.
 */
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { REFUSAL_CODES, type RefusalCode } from './refusal.ts';

/** Counters of the channel. */
export interface Metrics {
  refused(code: RefusalCode): void;
  turn(kind: 'message' | 'action' | 'install', outcome: 'answered' | 'repeated' | 'unreadable' | 'failed'): void;
  /** Seconds from the parsed turn to its answer. */
  turnTook(kind: 'message' | 'action' | 'install', seconds: number): void;
  sent(outcome: 'delivered' | 'not-installed' | 'blocked' | 'throttled' | 'unreachable' | 'canceled'): void;
}

/** Registers the metrics. Throws when they are registered already. */
export function createMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const refused = new Counter({
    name: 'hardline_teams_refused_requests_total',
    help: 'Requests that were refused before a turn started, by code.',
    labelNames: ['code'],
    registers,
  });
  for (const code of REFUSAL_CODES) refused.inc({ code }, 0); // so that the first refusal is seen as a change
  const turns = new Counter({
    name: 'hardline_teams_turns_total',
    help: 'Turns by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hardline_teams_turn_seconds',
    help: 'Seconds from a parsed turn to its answer.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15],
    registers,
  });
  const sent = new Counter({
    name: 'hardline_teams_messages_total',
    help: 'Messages sent to people, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    refused: (code) => refused.inc({ code }),
    turn: (kind, outcome) => turns.inc({ kind, outcome }),
    turnTook: (kind, took) => seconds.observe({ kind }, took),
    sent: (outcome) => sent.inc({ outcome }),
  };
}
