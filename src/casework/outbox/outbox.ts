/**
 * Sends messages to people outside their own turn, and keeps the card of a case up to date in its chat.
 * A card is drawn when it is sent, from where the case is then, so a late update never shows an old state. A card that shows
 * a pass is left alone; which card that is, the ledger knows.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { ConversationKey, Ledger, StoredCase } from '../ports/ledger.ts';
import type { CardsByLanguage, Cards, DrawMessage } from '../ports/cards.ts';
import type { Delivery, CardMessage, Messenger } from '../ports/messenger.ts';

/** What the outbox needs. `draw` gives the card of a case as it is now. */
export interface OutboxParts {
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'installApp'>;
  readonly messenger: Messenger;
  readonly cards: CardsByLanguage;
  readonly draw: (cards: Cards, stored: StoredCase) => Promise<CardMessage>;
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
}

/** Messages and card updates on their way out. */
export interface Outbox {
  /**
   * To a person's personal chat. Where the bot is not installed for them, it is installed first, if it may.
   * The message is drawn when it is sent, in the language of that chat. `not-installed` when no conversation can be had.
   * Delivered only with the channel's own id.
   */
  send(to: PersonId, draw: DrawMessage): Promise<Delivery>;
  /** Brings the case card in the technician's chat up to date, soon; several requests become one. Resolves when done. */
  refreshCard(id: CaseId): Promise<void>;
  /** The last update before a pass is shown on the card, which is held already. Afterwards no update is on its way any more. */
  refreshBeforePass(id: CaseId): Promise<void>;
  /** True from the moment a pass is ordered until it was read out, the case moved on, or the pass expired. */
  isHeld(id: CaseId): Promise<boolean>;
  /** The pass was read out, or is of no use any more: updates that were put off are made now. */
  release(id: CaseId): Promise<void>;
  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void>;
}

const NOT_INSTALLED: Delivery = { kind: 'not-delivered', why: 'not-installed' };
/** How long a new chat is waited for: about five seconds. */
const LOOKS = 10;
const LOOK_PAUSE_MS = 500;

/** Builds the outbox. One update at a time for each case, so that an older card never replaces a newer one. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { ledger, messenger, cards, draw, log } = parts;

  const write = async (to: ConversationKey, drawMessage: DrawMessage): Promise<Delivery> =>
    messenger.send(to, await drawMessage(cards.in(to.language)));

  /**
   * After an installation Teams tells the bot of the new chat; that takes a moment. A chat that is known from before is
   * tried as it is: "not installed" means that nothing was delivered.
   */
  const sendAfterInstalling = async (to: PersonId, drawMessage: DrawMessage): Promise<Delivery> => {
    const installed = await parts.directory.installApp(to);
    if (installed === 'not-permitted' || installed === 'not-known') return NOT_INSTALLED;
    for (let look = 0; look < LOOKS; look += 1) {
      const conversation = await ledger.conversationOf(to);
      const delivery = conversation === null ? NOT_INSTALLED : await write(conversation, drawMessage);
      if (delivery.kind === 'delivered' || delivery.why !== 'not-installed') return delivery;
      await parts.wait(LOOK_PAUSE_MS);
    }
    return NOT_INSTALLED;
  };

  const running = new Map<CaseId, Promise<void>>();
  const wanted = new Set<CaseId>();

  const update = async (id: CaseId, which: 'unless-held' | 'before-pass'): Promise<void> => {
    if (!wanted.has(id)) return;
    if (which === 'unless-held' && (await ledger.isCardHeld(id, parts.now()))) return;
    wanted.delete(id); // before the case is loaded: whoever asks from here on gets another update
    const [place, stored] = await Promise.all([ledger.cardOf(id), ledger.load(id)]);
    if (place === null || stored === null) return;
    const to = await ledger.conversationOf(stored.case.technician);
    if (to === null) return;
    const cardMessage = await draw(cards.in(to.language), stored);
    const delivery = await messenger.replace(to, place, cardMessage);
    if (delivery.kind !== 'delivered') log.warn({ case: id, why: delivery.why }, 'case card not updated in place');
  };

  const request = (id: CaseId, which: 'unless-held' | 'before-pass'): Promise<void> => {
    wanted.add(id);
    const run = (running.get(id) ?? Promise.resolve())
      .then(() => update(id, which))
      .catch((error: unknown) => {
        // The case itself is safe in the ledger; the card shows where it is at its next press.
        log.error({ case: id, error: error instanceof Error ? error.name : 'unknown' }, 'case card update failed');
      })
      .finally(() => {
        if (running.get(id) === run) running.delete(id);
      });
    running.set(id, run);
    return run;
  };

  return {
    async send(to, drawMessage) {
      const known = await ledger.conversationOf(to);
      const first = known === null ? NOT_INSTALLED : await write(known, drawMessage);
      if (first.kind === 'delivered' || first.why !== 'not-installed') return first;
      return sendAfterInstalling(to, drawMessage);
    },
    refreshCard: (id) => request(id, 'unless-held'),
    refreshBeforePass: (id) => request(id, 'before-pass'),
    isHeld: (id) => ledger.isCardHeld(id, parts.now()),
    async release(id) {
      await ledger.releaseCard(id);
      if (wanted.has(id)) void request(id, 'unless-held');
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
