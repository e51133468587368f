/**
 * Answers every message once, although Teams delivers some of them twice. The first ledger entry that a message leads to also
 * records that the message arrived, and how its sender can be reached.
 */
import type { Role } from '../../procedure/actions.ts';
import { isUnwritable } from '../ports/fault.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { MessageTurn } from '../ports/turn.ts';

/** What led to a turn, as the ledger keeps it. */
export interface Arrived {
  /**
   * Writes entries. The first time, it also writes down that the message arrived; `false`: it arrived before, nothing was
   * written, and it must not be answered again. Throws Fault when the ledger cannot be written.
   */
  record(entries: readonly LedgerEntry[]): Promise<boolean>;
}

/** The arrival of a message. */
export interface ArrivedMessage extends Arrived {
  /** The sender's roles were read; until then they count as unknown. */
  rolesAre(roles: ReadonlySet<Role>): Promise<void>;
}

type Parts = { readonly ledger: Ledger; readonly runtime: Runtime };

/** A click: it is always new, because the version of the case makes a second one harmless. */
export function arrivedByClick({ ledger, runtime }: Parts): Arrived {
  return {
    async record(entries) {
      if (entries.length > 0) await ledger.record(entries, runtime.now());
      return true;
    },
  };
}

/** The same arrival; its next entries are written together with these. */
export function alsoWriting(arrived: Arrived, entries: readonly LedgerEntry[]): Arrived {
  let waiting = entries;
  return {
    record(next) {
      const first = waiting;
      waiting = [];
      return arrived.record([...first, ...next]);
    },
  };
}

/** A message of this turn. Nothing is written yet. */
export function arrivedByMessage({ ledger, runtime }: Parts, turn: MessageTurn): ArrivedMessage {
  const { activityId } = turn;
  const { conversation } = turn.where;
  let roles: readonly Role[] | null = null;
  let seen: Promise<'first' | 'repeated'> | null = null;
  return {
    async record(entries) {
      if (seen === null) {
        seen = ledger.recordArrival({ activityId, conversation, roles }, entries, runtime.now());
        seen.catch(() => (seen = null)); // nothing was written, so the next try is the first one again
        return (await seen) === 'first';
      }
      if ((await seen) === 'repeated') return false;
      if (entries.length > 0) await ledger.record(entries, runtime.now());
      return true;
    },
    async rolesAre(read) {
      roles = [...read];
      try {
        if (seen === null || (await seen) !== 'first') return;
        await ledger.rememberConversation(conversation, roles, runtime.now());
      } catch (error) {
        if (!isUnwritable(error)) throw error; // they are remembered the next time
      }
    },
  };
}
