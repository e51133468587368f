/**
 * One HTTP request of Teams from its arrival to the last byte of the answer. Its deadline begins before the body is read, and is
 * over as soon as the client has closed the connection: from then on nobody sees an answer.
 */
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { startDeadline, type Deadline, type Timing } from '../casework/ports/runtime.ts';

/** How long a turn may take, and how that is measured. */
export interface TurnTime {
  /** From the arrival of the request. Teams shows an error after 10 to 15 seconds. */
  readonly milliseconds: number;
  readonly timing: Timing;
}

/** A request that is being answered. */
export interface Exchange {
  readonly deadline: Deadline;
  /**
   * Writes the answer with `write`, unless the client has gone. `lost` is called when the answer was not handed over to the
   * network completely; it never is for an answer that was.
   */
  handOver(write: () => void, lost: (() => void) | undefined): Promise<void>;
}

/** Begins an exchange. Call it when the request has arrived. */
export function openExchange(response: ServerResponse, { milliseconds, timing }: TurnTime): Exchange {
  const gone = new AbortController();
  const deadline = startDeadline(milliseconds, timing, [gone.signal]);
  const { socket } = response;
  let finished = false;
  let lost: (() => void) | undefined;
  const tellLost = (): void => {
    lost?.();
    lost = undefined;
  };
  const clientLeft = (): void => {
    gone.abort();
    tellLost();
  };
  socket?.once('end', clientLeft); // comes several turns of the event loop before the response is closed
  response.once('finish', () => {
    finished = true;
    socket?.off('end', clientLeft);
  });
  response.once('close', () => {
    deadline.end();
    socket?.off('end', clientLeft);
    if (!finished) clientLeft();
  });
  return {
    deadline,
    async handOver(write, whenLost) {
      // A client that has closed the connection by now is noticed first: between two turns of the event loop, sockets are read.
      if (whenLost !== undefined) {
        await setImmediate();
        await setImmediate();
      }
      lost = whenLost;
      if (gone.signal.aborted) {
        tellLost();
        return;
      }
      try {
        write();
      } catch (error) {
        tellLost();
        throw error;
      }
    },
  };
}

/** What a turn knows of the request that brought it. */
export interface Carrier {
  readonly deadline: Deadline;
  /** The answer has this body. `lost` is called when the client did not get it. */
  answers(body: object, lost: () => void): void;
}
