/**
 * Letters to people outside their own turn, and the card of a case kept up to date in its chat.
 * The one rule kept here: a card is drawn when it is sent, from where the case is then; late updates cannot bring back the past.
 */
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { Log } from './log.ts';
import type { Delivery, Ledger, Letter, Messenger } from './ports.ts';

/** What the post needs. `draw` gives the card of a case as it is now; `null` when there is nothing to show. */
export interface PostParts {
  readonly ledger: Ledger;
  readonly messenger: () => Messenger;
  readonly draw: (id: CaseId) => Promise<Letter | null>;
  readonly log: Log;
}

/** The post. */
export interface Post {
  /** To a person's personal chat. `not-installed` when the bot knows no conversation with them. */
  send(to: PersonId, letter: Letter): Promise<Delivery>;
  /** Brings the case card in the technician's chat up to date, soon; several requests become one. Resolves when done. */
  refreshCard(id: CaseId, technician: PersonId): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Builds the post. One update at a time for each case, so that an older picture never lands on a newer one. */
export function createPost(parts: PostParts): Post {
  const { ledger, messenger, draw, log } = parts;
  const underWay = new Map<CaseId, Promise<void>>();
  const wanted = new Set<CaseId>();

  const update = async (id: CaseId, technician: PersonId): Promise<void> => {
    while (wanted.delete(id)) {
      const [place, to, letter] = await Promise.all([ledger.cardOf(id), ledger.conversationOf(technician), draw(id)]);
      if (place === null || to === null || letter === null) continue;
      const delivery = await messenger().replace(to, place, letter);
      if (!delivery.delivered) log.warn({ case: id, why: delivery.why }, 'case card not updated in place');
    }
  };

  return {
    async send(to, letter) {
      const conversation = await ledger.conversationOf(to);
      if (conversation === null) return { delivered: false, why: 'not-installed' };
      return messenger().send(conversation, letter);
    },
    refreshCard(id, technician) {
      wanted.add(id);
      const running = underWay.get(id);
      if (running !== undefined) return running;
      const run = update(id, technician)
        .catch((error: unknown) => {
          // The case itself is safe in the ledger; the card shows the truth again at its next press.
          log.error({ case: id, error: error instanceof Error ? error.name : 'unknown' }, 'case card update failed');
        })
        .finally(() => underWay.delete(id));
      underWay.set(id, run);
      return run;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}
