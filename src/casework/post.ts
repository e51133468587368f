/**
 * Letters to people outside their own turn, and the card of a case kept up to date in its chat.
 * The one rule kept here: a card is drawn when it is sent, from where the case is then; late updates cannot bring back the past.
 */
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { Log } from './log.ts';
import type { ConversationKey, Delivery, Directory, Ledger, Letter, Messenger, StoredCase } from './ports.ts';

/** What the post needs. `draw` gives the card of a case as it stands. */
export interface PostParts {
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'installApp'>;
  readonly messenger: () => Messenger;
  readonly draw: (stored: StoredCase) => Promise<Letter>;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
}

/** The post. */
export interface Post {
  /**
   * To a person's personal chat. Where the bot is not installed for them, it is installed first, if it may.
   * `not-installed` when no conversation can be had. Delivered only with the channel's own id.
   */
  send(to: PersonId, letter: Letter): Promise<Delivery>;
  /** Brings the case card in the technician's chat up to date, soon; several requests become one. Resolves when done. */
  refreshCard(id: CaseId): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const NOT_INSTALLED: Delivery = { delivered: false, why: 'not-installed' };
/** How long a new chat is waited for: about five seconds. */
const LOOKS = 10;
const LOOK_PAUSE_MS = 500;

/** Builds the post. One update at a time for each case, so that an older picture never lands on a newer one. */
export function createPost(parts: PostParts): Post {
  const { ledger, messenger, draw, log } = parts;

  /** After an installation Teams tells the bot of the new chat; that takes a moment. */
  const chatAfterInstalling = async (person: PersonId): Promise<ConversationKey | null> => {
    const installed = await parts.directory.installApp(person);
    if (installed === 'not-permitted' || installed === 'not-known') return null;
    for (let look = 0; look < LOOKS; look += 1) {
      const conversation = await ledger.conversationOf(person);
      if (conversation !== null) return conversation;
      await parts.wait(LOOK_PAUSE_MS);
    }
    return null;
  };

  const underWay = new Map<CaseId, Promise<void>>();
  const wanted = new Set<CaseId>();

  const update = async (id: CaseId): Promise<void> => {
    while (wanted.delete(id)) {
      const [place, stored] = await Promise.all([ledger.cardOf(id), ledger.load(id)]);
      if (place === null || stored === null) continue;
      const to = await ledger.conversationOf(stored.case.technician);
      if (to === null) continue;
      const letter = await draw(stored);
      const delivery = await messenger().replace(to, place, letter);
      if (!delivery.delivered) log.warn({ case: id, why: delivery.why }, 'case card not updated in place');
    }
  };

  return {
    async send(to, letter) {
      const known = await ledger.conversationOf(to);
      const first = known === null ? NOT_INSTALLED : await messenger().send(known, letter);
      if (first.delivered || first.why !== 'not-installed') return first;
      const conversation = await chatAfterInstalling(to);
      return conversation === null ? NOT_INSTALLED : messenger().send(conversation, letter);
    },
    refreshCard(id) {
      wanted.add(id);
      const running = underWay.get(id);
      if (running !== undefined) return running;
      const run = update(id)
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
