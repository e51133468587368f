/**
 * The figures of the feed, in one place. What an operator may want to change has a setting of its own (config/).
 */
import { SOURCE_DELAYS } from '../../procedure/ages.ts';
import type { SourceDelays } from '../../procedure/ages.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How the tenant is followed. All of it in milliseconds. */
export interface FeedSettings {
  /** How late Microsoft's sources may be. */
  readonly delays: SourceDelays;
  /** How often each source is read. */
  readonly every: {
    readonly people: number;
    readonly audit: number;
    readonly risk: number;
    readonly members: number;
    /** The registration report, of which a row about a caller is read again when it is older. */
    readonly registration: number;
  };
  /** What was read this long ago is recent enough for a case: a round that began then is not followed by another one. */
  readonly recent: { readonly people: number; readonly audit: number; readonly risk: number };
  /** What was read longer ago is no longer relied on. Numbers and managers have their own rule (procedure/ages.ts). */
  readonly stale: { readonly audit: number; readonly risk: number };
}

/** The figures as they are without any setting. */
export const FEED_SETTINGS: FeedSettings = {
  delays: SOURCE_DELAYS,
  every: { people: 15 * SECOND, audit: 10 * SECOND, risk: 20 * SECOND, members: 5 * MINUTE, registration: 4 * HOUR },
  recent: { people: 2 * SECOND, audit: 8 * SECOND, risk: 2 * SECOND },
  stale: { audit: 20 * MINUTE, risk: 2 * MINUTE },
};

/** Between two parts of something long, such as the list of everybody. */
export const BETWEEN_PARTS_MS = 3 * SECOND;
/** How often it is looked whether something is to be read that is usually read once. */
export const LOOK_AGAIN_MS = MINUTE;
/** The longest pause after failures. */
export const LONGEST_PAUSE_MS = MINUTE;
/** The pause when the tenant lacks the plan for a source: plans are bought rarely. */
export const NOT_LICENSED_PAUSE_MS = 15 * MINUTE;
