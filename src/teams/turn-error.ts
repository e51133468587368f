/**
 * What a person sees when their turn failed: an apology with a reference, which leads the operator to the entry in the log.
 * The text of an error never reaches a chat or a client.
 */
import type { TurnContext } from 'botbuilder';
import { Fault } from '../casework/ports/fault.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import { shortTurnId, turnId } from '../casework/ports/turn-id.ts';
import { languageOf } from './read-turn.ts';
import { messageOf, showLine } from './write-reply.ts';

/** The card for a failed turn. `fault` is set when something outside failed; its code decides the sentence. */
export type Apology = (language: string, reference: string, fault: Fault | null) => CardMessage;

/** Builds the adapter's error handler. It never throws, because nothing would catch it. */
export function createTurnErrorHandler(parts: {
  readonly apology: Apology;
  readonly newId: () => string;
  readonly log: Log;
}): (context: TurnContext, error: unknown) => Promise<void> {
  return async (context, error) => {
    const reference = shortTurnId(turnId() ?? parts.newId());
    const fault = error instanceof Fault ? error : null;
    parts.log.error({ reference, ...describe(error) }, 'a turn failed');
    const cardMessage = parts.apology(languageOf(context.activity.locale), reference, fault);
    try {
      if (context.activity.type === 'invoke') {
        // Only a line above the card, so that the card stays and the button can be pressed again.
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

/** For the log: the kind of an error, and where it was thrown. Its message could contain anything, so it is left out. */
export function describe(error: unknown): Record<string, string> {
  if (error instanceof Fault) return { fault: error.code, internal: error.internal };
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = framesOf(error).filter((line) => /^\s+at /.test(line));
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? String(error.statusCode) : '';
  return { error: error.name, ...(status && { status }), at: frames.slice(0, 8).join('\n') };
}

/** The stack without the message, which could itself contain lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  return start < 0 ? [] : stack.slice(start + message.length).split('\n');
}
