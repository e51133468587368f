/**
 * How fast one chat may be written to. Teams counts per conversation and refuses what goes beyond.
 * The one rule kept here: a place in the queue is taken at the moment it is asked for, so that two senders never take
 * the same one.
 */

/** At most `messages` within `milliseconds`. */
export interface RateLimitFigures {
  readonly messages: number;
  readonly milliseconds: number;
}

/** Teams' published limits per bot and conversation. */
export const TEAMS_RATE: readonly RateLimitFigures[] = [
  { messages: 7, milliseconds: 1_000 },
  { messages: 8, milliseconds: 2_000 },
  { messages: 60, milliseconds: 30_000 },
  { messages: 1800, milliseconds: 3_600_000 },
];

/** Hands out moments to send at. */
export interface RateLimit {
  /** Milliseconds to wait before sending; `null`, and nothing taken, when that is longer than `patience`. */
  take(conversation: string, now: number, patience: number): number | null;
}

/** Builds a pace. Forgets a conversation once none of its limits can still bind. */
export function createRateLimit(limits: readonly RateLimitFigures[] = TEAMS_RATE): RateLimit {
  const longest = Math.max(...limits.map((limit) => limit.milliseconds));
  const takenOf = new Map<string, number[]>();
  return {
    take(conversation, now, patience) {
      forgetOld(takenOf, now - longest);
      const taken = takenOf.get(conversation) ?? [];
      const last = taken.at(-1) ?? now;
      const free = limits.map(({ messages, milliseconds }) => (taken.at(-messages) ?? -Infinity) + milliseconds);
      const moment = Math.max(now, last, ...free);
      if (moment - now > patience) return null;
      takenOf.delete(conversation); // to the end of the map: the oldest stay in front
      takenOf.set(conversation, [...taken.slice(-2_000), moment]);
      return moment - now;
    },
  };
}

function forgetOld(takenOf: Map<string, number[]>, before: number): void {
  for (const [conversation, taken] of takenOf) {
    if ((taken.at(-1) ?? before) >= before) break;
    takenOf.delete(conversation);
  }
}
