/**
 * Tells a new password from the one that an account had before. The time of the first look is what later looks are compared
 * with, because Microsoft's clock is not ours. Only at the first look itself, which may come after a restart, does the time
 * decide: a password that was set since the caller was sent to the reset page is new.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { Instant } from '../../procedure/facts.ts';
import type { StoredCase } from '../ports/ledger.ts';

/** What earlier looks saw. */
export interface PasswordWatch {
  /** True for a new password, until the case goes on. `changedAt`: when the password was set, as the account says. */
  isNew(stored: StoredCase, changedAt: Instant): boolean;
  /** Keeps only what was seen for these cases. */
  forgetAllBut(open: readonly StoredCase[]): void;
}

/** Starts with nothing seen. */
export function watchPasswords(): PasswordWatch {
  const seen = new Map<CaseId, Instant>();
  return {
    isNew({ case: { id, state } }, changedAt) {
      const before = seen.get(id);
      if (before !== undefined) return changedAt !== before;
      if (state.kind === 'awaiting-self-service' && changedAt > state.since) return true;
      seen.set(id, changedAt);
      return false;
    },
    forgetAllBut(open) {
      const ids = new Set(open.map((stored) => stored.case.id));
      for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
    },
  };
}
