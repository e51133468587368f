/**
 * What a person sees when their turn failed: an apology and a reference, at once.
 * The one rule kept here: the reference ties the apology to the log; no error text ever reaches a chat or a client.
 */
import type { TurnContext } from 'botbuilder';
import { Fault } from '../casework/ports/fault.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import { languageOf } from './read-turn.ts';
import { messageOf, showLine } from './write-reply.ts';

/** The words for a failed turn. `fault` is set where the outside failed; its code decides the sentence. */
export type Apology = (language: string, reference: string, fault: Fault | null) => CardMessage;

/** Builds the adapter's error handler. It never throws: after it there is nobody left to catch. */
export function createTurnErrorHandler(parts: {
  readonly apology: Apology;
  readonly newId: () => string;
  readonly log: Log;
}): (context: TurnContext, error: unknown) => Promise<void> {
  return async (context, error) => {
    const reference = parts.newId();
    const fault = error instanceof Fault ? error : null;
    parts.log.error({ reference, ...describe(error) }, 'a turn failed');
    const cardMessage = parts.apology(languageOf(context.activity.locale), reference, fault);
    try {
      if (context.activity.type === 'invoke') {
        // A line above the card: the card itself stays, so that the button can be pressed again.
        await context.sendActivity({
          type: 'invokeResponse',
          value: { status: 200, body: showLine(cardMessage.summary) },
        });
      } else if (context.activity.type === 'message') {
        await context.sendActivity(messageOf(cardMessage));
      }
    } catch (unsent) {
      parts.log.error({ reference, ...describe(unsent) }, 'the apology could not be sent');
    }
  };
}

/** For the log: what kind of error, and where. An error's own message may quote anything, so it stays out. */
export function describe(error: unknown): Record<string, string> {
  if (error instanceof Fault) return { fault: error.code, internal: error.internal };
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = framesOf(error).filter((line) => /^\s+at /.test(line));
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? String(error.statusCode) : '';
  return { error: error.name, ...(status && { status }), at: frames.slice(0, 8).join('\n') };
}

/** The stack below the message: a message may itself hold lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  return start < 0 ? [] : stack.slice(start + message.length).split('\n');
}
