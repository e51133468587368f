/**
 * Sends messages to people outside their own turn, and keeps the card of a case up to date in its chat.
 * A card is drawn when it is sent, from where the case is then, so a late update never shows an old state. A card that shows
 * a pass is left alone; which card that is, the ledger knows.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { CardPlace, ConversationKey, Ledger, StoredCase } from '../ports/ledger.ts';
import type { CardsByLanguage, Cards, DrawMessage } from '../ports/cards.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { Delivery, CardMessage, Messenger } from '../ports/messenger.ts';
import { inTime, type Deadline, type Runtime } from '../ports/runtime.ts';

/** What the outbox needs. `draw` gives the card of a case as it is now. */
export interface OutboxParts {
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'installApp'>;
  readonly messenger: Messenger;
  readonly cards: CardsByLanguage;
  readonly draw: (cards: Cards, stored: StoredCase, deadline?: Deadline) => Promise<CardMessage>;
  readonly runtime: Runtime;
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
  /**
   * Puts a card that belongs to no case, or not yet, in place of another one; as a new message where its place is not known. For
   * answers that come after their turn. `null`: it was not delivered.
   */
  put(to: ConversationKey, place: CardPlace | null, cardMessage: CardMessage): Promise<CardPlace | null>;
  /**
   * The last update before a pass is shown on the card, which is held already. What was on its way before is canceled. When this
   * resolves, at the deadline at the latest, no update is on its way any more: one that Teams has not received by then never
   * arrives. The card is brought up to date when the hold ends, if this came to nothing.
   */
  refreshBeforePass(id: CaseId, deadline: Deadline): Promise<void>;
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
    const installed = await install(parts, to);
    if (installed === 'not-permitted' || installed === 'not-known') return NOT_INSTALLED;
    for (let look = 0; look < LOOKS; look += 1) {
      const conversation = await ledger.conversationOf(to);
      const delivery = conversation === null ? NOT_INSTALLED : await write(conversation, drawMessage);
      if (delivery.kind === 'delivered' || delivery.why !== 'not-installed') return delivery;
      await parts.wait(LOOK_PAUSE_MS);
    }
    return NOT_INSTALLED;
  };

  /** The newest updates of each card. */
  const newest = new Map<CaseId, Updates>();
  const running = new Set<Promise<void>>();
  const wanted = new Set<CaseId>();

  const update = async (id: CaseId, { until, deadline }: Updates): Promise<void> => {
    if (!wanted.has(id) || isOver(until)) return;
    if (deadline === undefined && (await ledger.isCardHeld(id, parts.runtime.now()))) return;
    wanted.delete(id); // before the case is loaded: whoever asks from here on gets another update
    const [place, stored] = await Promise.all([ledger.cardOf(id), ledger.load(id)]);
    const to = stored === null ? null : await ledger.conversationOf(stored.case.technician);
    if (place === null || stored === null || to === null) return;
    const cardMessage = await draw(cards.in(to.language), stored, deadline);
    // A card that was drawn before the pass must not be sent after it.
    const delivery = isOver(until) ? CANCELED : await messenger.replace(to, place, cardMessage, until);
    if (delivery.kind === 'delivered') return;
    if (isOver(until)) wanted.add(id);
    log.warn({ case: id, why: delivery.why }, 'case card not updated in place');
  };

  /** Adds an update, after those before it. */
  const request = (id: CaseId, updates: Updates): Promise<void> => {
    wanted.add(id);
    const done = updates.done
      .then(() => update(id, updates))
      .catch((error: unknown) => {
        // The case itself is safe in the ledger; the card shows where it is at its next press.
        log.error({ case: id, error: error instanceof Error ? error.name : 'unknown' }, 'case card update failed');
      })
      .finally(() => {
        running.delete(done);
        if (newest.get(id)?.done === done) newest.delete(id);
      });
    running.add(done);
    newest.set(id, { ...updates, done });
    return done;
  };
  const refreshCard = (id: CaseId): Promise<void> => {
    const before = newest.get(id);
    if (before !== undefined && before.deadline === undefined && !before.until.aborted) return request(id, before);
    const stop = new AbortController();
    // Updates that were canceled write nothing any more, so nobody waits for them.
    const done = before === undefined || before.until.aborted ? Promise.resolve() : before.done;
    return request(id, { done, stop, until: stop.signal });
  };

  return {
    async send(to, drawMessage) {
      const known = await ledger.conversationOf(to);
      const first = known === null ? NOT_INSTALLED : await write(known, drawMessage);
      if (first.kind === 'delivered' || first.why !== 'not-installed') return first;
      return sendAfterInstalling(to, drawMessage);
    },
    refreshCard,
    async put(to, place, cardMessage) {
      const delivery = await (place === null
        ? messenger.send(to, cardMessage)
        : messenger.replace(to, place, cardMessage));
      if (delivery.kind === 'delivered') return delivery.place;
      log.warn({ why: delivery.why }, 'a late answer was not delivered');
      return null;
    },
    async refreshBeforePass(id, deadline) {
      newest.get(id)?.stop.abort();
      const stop = new AbortController();
      const until = AbortSignal.any([stop.signal, deadline.signal]);
      await inTime(request(id, { done: Promise.resolve(), stop, until, deadline }), deadline.signal);
      stop.abort();
    },
    isHeld: (id) => ledger.isCardHeld(id, parts.runtime.now()),
    async release(id) {
      await ledger.releaseCard(id);
      if (wanted.has(id)) void refreshCard(id);
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Installing the app changes somebody's account, so it has its own two entries. Throws Fault when the first cannot be written. */
async function install({ ledger, directory, runtime }: OutboxParts, person: PersonId): Promise<Installation> {
  const parties = { actor: 'hardline', about: person, intentId: runtime.newId() } as const;
  await ledger.record([entryOf('app.install.intent', parties, {})], runtime.now());
  const outcome = await directory.installApp(person);
  await ledger.record([entryOf('app.install.outcome', parties, { outcome })], runtime.now());
  return outcome;
}

type Installation = Awaited<ReturnType<Directory['installApp']>>;

/** Updates of one card that follow each other. */
interface Updates {
  /** The last of them. */
  readonly done: Promise<void>;
  /** Ends them all. */
  readonly stop: AbortController;
  readonly until: AbortSignal;
  /** Set for the update before a pass, which is made although the card is held. */
  readonly deadline?: Deadline;
}

/** A function, because the signal can abort between any two looks at it. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

const CANCELED: Delivery = { kind: 'not-delivered', why: 'canceled' };
