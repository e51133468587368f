/**
 * What the channel counts.
 * The one rule kept here: labels come from closed lists; nothing a person or a stranger wrote becomes one.
 */
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Counters of the channel. */
export interface Metrics {
  refused(code: string): void;
  turn(kind: 'message' | 'action' | 'install', outcome: 'answered' | 'repeated' | 'unreadable' | 'failed'): void;
  /** Seconds from the moment the turn was read to its answer. */
  turnTook(kind: 'message' | 'action' | 'install', seconds: number): void;
  sent(outcome: 'delivered' | 'not-installed' | 'blocked' | 'throttled' | 'unreachable'): void;
}

/** Registers the channel's metrics. Throws when the registry holds them already. */
export function createMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const refused = new Counter({
    name: 'hardline_teams_refused_requests_total',
    help: 'Requests to the bot that were refused before anything ran, by code.',
    labelNames: ['code'],
    registers,
  });
  const turns = new Counter({
    name: 'hardline_teams_turns_total',
    help: 'Turns by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hardline_teams_turn_seconds',
    help: 'Seconds from a read turn to its answer.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15],
    registers,
  });
  const sent = new Counter({
    name: 'hardline_teams_messages_total',
    help: 'Messages to people outside their own turn, by outcome.',
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
