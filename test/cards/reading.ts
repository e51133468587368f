/**
 * Reads a card as a person does: the texts they see, and what the buttons carry.
 * Nothing is interpreted, and the order is that of the card.
 */
import type { CardMessage } from '../../src/casework/ports/messenger.ts';

/** The texts people see, in order, one a line. */
export function seen(cardMessage: CardMessage): string {
  const all: string[] = [];
  JSON.stringify(cardMessage.card, (key, value: unknown) => {
    if ((key === 'text' || key === 'title') && typeof value === 'string') all.push(value);
    return value;
  });
  return all.join('\n');
}

/** The data of every button with a verb. */
export function buttons(cardMessage: CardMessage, verb: string): readonly Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  JSON.stringify(cardMessage.card, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'data' in value && 'verb' in value && value.verb === verb)
      found.push(value.data as Record<string, unknown>);
    return value;
  });
  return found;
}
