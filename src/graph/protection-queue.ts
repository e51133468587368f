/**
 * The queue for everything below /identityProtection. Microsoft allows one request in a second there for all apps of a
 * tenant together, and a refusal does not say when to come back. So requests go one after the other, at least a second
 * after the answer to the one before, and after a refusal each pause is twice as long as the last. Some chance in every
 * pause keeps two apps from meeting again and again.
 */
import type { Answer } from './answer.ts';
import type { Wait } from './retry-reads.ts';

/** The least time between an answer and the next request, in milliseconds. */
const GAP_MS = 1100;
/** Up to so much chance is added to every pause, as a share of it. */
const JITTER = 0.3;
/** The longest pause after refusals, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000;

/** The queue. */
export interface ProtectionQueue {
  /** Sends a request when its turn comes. `throttled`, and not sent, when the pause after a refusal is not over. */
  ask(send: () => Promise<Answer>): Promise<Answer>;
}

/** Opens the queue. `clock`: milliseconds that never jump. `random`: from 0 up to 1. `gapMs`: only emulated tenants allow less. */
export function openProtectionQueue(
  clock: () => number,
  wait: Wait,
  random: () => number,
  gapMs: number = GAP_MS,
): ProtectionQueue {
  let turn: Promise<unknown> = Promise.resolve();
  let nextAt = -Infinity;
  let refusals = 0;

  async function sendInTurn(send: () => Promise<Answer>): Promise<Answer> {
    const pause = nextAt - clock();
    if (refusals > 0 && pause > 0) return { kind: 'unanswered', why: 'throttled', sent: false };
    if (pause > 0) await wait(pause);
    const answer = await send();
    const refused = answer.kind === 'answered' && answer.status === 429;
    refusals = refused ? refusals + 1 : 0;
    const least = Math.min(LONGEST_PAUSE_MS, gapMs * 2 ** refusals);
    nextAt = clock() + least * (1 + JITTER * random());
    return answer;
  }

  return {
    ask(send) {
      const mine = turn.then(() => sendInTurn(send));
      turn = mine.catch(() => undefined); // whoever asked is told; the next in the queue goes on
      return mine;
    },
  };
}
