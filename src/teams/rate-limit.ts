/**
 * How fast the bot may write to one conversation. Teams limits messages per conversation and refuses those above the limit.
 * A time to send is reserved in the moment it is asked for, so two senders never get the same one.
 */

/** One limit: at most `messages` within `milliseconds`. */
export interface RateLimitFigures {
  readonly messages: number;
  readonly milliseconds: number;
}

/** The limits that Microsoft publishes per bot and conversation. */
export const TEAMS_RATE: readonly RateLimitFigures[] = [
  { messages: 7, milliseconds: 1_000 },
  { messages: 8, milliseconds: 2_000 },
  { messages: 60, milliseconds: 30_000 },
  { messages: 1800, milliseconds: 3_600_000 },
];

/** Reserves times to send. */
export interface RateLimit {
  /** Milliseconds to wait before sending. When that is longer than `patience`: `null`, and no time is reserved. */
  take(conversation: string, now: number, patience: number): number | null;
}

/** Builds a rate limit. A conversation is forgotten once none of the limits can apply to it any more. */
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
      takenOf.delete(conversation); // moves it to the end of the map, so that the oldest come first
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
