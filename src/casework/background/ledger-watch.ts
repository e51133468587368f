/**
 * Notices when the ledger cannot be written, and when it can again. Everything guarded stops by itself then, because it needs its
 * entry first. A refusal, the link and guidance are given all the same: whoever has an attacker on the phone must not be left
 * without words because a disk is full. How many were given without their entry is counted here, and the first entry after the
 * outage says so. What is kept here is about this process only.
 */
import type { Cards, CardsByLanguage } from '../ports/cards.ts';
import type { Background } from '../ports/background.ts';
import { Fault, isUnwritable } from '../ports/fault.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { ConversationKey, Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { CardMessage, Messenger } from '../ports/messenger.ts';
import type { Readiness, Runtime, Timing } from '../ports/runtime.ts';
import type { Instant } from '../../procedure/facts.ts';

/** What is known about writing. */
export interface LedgerWatch {
  /** The same ledger. A write that fails is noticed, and fails as before. */
  readonly ledger: Ledger;
  readonly readiness: () => Readiness;
  /** Something was answered whose entry could not be written. */
  unrecorded(): void;
  /** Tries to write, once. After an outage this writes the entry about it. A ledger that cannot be written is no failure of this. */
  look(): Promise<void>;
}

/** What the watch needs. */
export interface LedgerWatchParts {
  readonly ledger: Ledger;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly timing: Pick<Timing, 'clock'>;
  readonly background: Background;
  readonly log: Log;
  /** Tells the leads. It must not write to the ledger. */
  readonly tellLeads: (draw: (cards: Cards) => CardMessage) => Promise<void>;
}

interface Outage {
  /** By the clock of `runtime`, for the entry. */
  readonly since: Instant;
  /** By the clock of `timing`, for its length. */
  readonly began: number;
  unrecorded: number;
}

/** Watches a ledger from now on. */
export function watchLedger(parts: LedgerWatchParts): LedgerWatch {
  const { ledger, runtime, timing, background, log } = parts;
  let outage: Outage | null = null;

  const begins = (): void => {
    if (outage !== null) return;
    outage = { since: runtime.now(), began: timing.clock(), unrecorded: 0 };
    log.error({}, 'the ledger cannot be written: nothing that needs an entry is done until it can');
    background.run(
      'telling the leads that the ledger cannot be written',
      parts.tellLeads((cards) => cards.ledgerOutage({ kind: 'began' })),
    );
  };

  const tryToEnd = async (ending: Outage): Promise<void> => {
    const { unrecorded } = ending;
    const seconds = Math.round((timing.clock() - ending.began) / 1000);
    await ledger.record([gapEntry(ending.since, seconds, unrecorded)], runtime.now());
    // Whatever was answered while that entry was being written is not in it. It stays for the log of the operator.
    const more = ending.unrecorded - unrecorded;
    outage = null;
    log.info({ seconds, unrecorded, more }, 'the ledger can be written again');
    background.run(
      'telling the leads that the ledger can be written again',
      parts.tellLeads((cards) => cards.ledgerOutage({ kind: 'over', seconds, unrecorded })),
    );
  };

  return {
    ledger: watched(ledger, begins),
    readiness: () => (outage === null ? { kind: 'ready' } : { kind: 'not-ready', because: 'ledger-unwritable' }),
    unrecorded() {
      if (outage !== null) outage.unrecorded += 1;
    },
    async look() {
      try {
        if (outage === null) await ledger.checkWritable();
        else await tryToEnd(outage);
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        begins();
      }
    },
  };
}

function gapEntry(since: Instant, seconds: number, unrecorded: number): LedgerEntry {
  return entryOf('ledger.gap', { actor: 'hardline' }, { since, seconds, unrecorded });
}

/** The same ledger; `onUnwritable` is called for every write that fails. */
function watched(ledger: Ledger, onUnwritable: () => void): Ledger {
  type Method = (...args: never[]) => Promise<unknown>;
  const methods = Object.entries(ledger as unknown as Readonly<Record<string, unknown>>).map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    const watchedMethod: Method = async (...args) => {
      try {
        return await (method as Method)(...args);
      } catch (error) {
        if (isUnwritable(error)) onUnwritable();
        throw error;
      }
    };
    return [name, watchedMethod];
  });
  return Object.fromEntries(methods) as Ledger;
}

/** What telling the leads needs. */
export interface TellLeadsParts {
  readonly ledger: Pick<Ledger, 'peopleAs' | 'conversationOf'>;
  readonly messenger: Pick<Messenger, 'send'>;
  readonly cards: CardsByLanguage;
  readonly log: Log;
}

/** Writes to the leads without writing to the ledger. */
export interface LeadLine {
  readonly tell: (draw: (cards: Cards) => CardMessage) => Promise<void>;
  /** Notes how the leads can be reached, for a time when that cannot even be read. */
  remember(): Promise<void>;
}

/**
 * Builds it. It goes to those who were leads when they last wrote: who is one now is in the directory, and nothing is read there
 * without an entry. The message names nobody. The app is installed for nobody either, for the same reason.
 */
export function createLeadLine({ ledger, messenger, cards, log }: TellLeadsParts): LeadLine {
  let remembered: readonly ConversationKey[] = [];
  const seenAsLeads = async (): Promise<readonly ConversationKey[]> => {
    const chats = await Promise.all((await ledger.peopleAs('lead')).map((person) => ledger.conversationOf(person)));
    return chats.filter((chat) => chat !== null);
  };
  const chatsNow = async (): Promise<readonly ConversationKey[]> => {
    try {
      return await seenAsLeads();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return remembered;
    }
  };
  return {
    async tell(draw) {
      const chats = await chatsNow();
      const sent = await Promise.all(chats.map((chat) => messenger.send(chat, draw(cards.in(chat.language)))));
      const reached = sent.filter(({ kind }) => kind === 'delivered').length;
      if (reached === 0) log.error({ of: chats.length }, 'no lead could be told about the ledger');
    },
    async remember() {
      remembered = await seenAsLeads();
    },
  };
}
