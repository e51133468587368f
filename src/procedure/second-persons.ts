/**
 * Who has to agree before a pass is issued, and whether they have. Nobody counts twice, whatever roles they hold.
 */
import type { Approval } from './case.ts';
import type { SecondPersonRole, SecondPersons } from './risk-reasons.ts';

/** Whose agreement is still missing. `anybody`: an approver or a lead, whoever answers first. */
export type StillNeeded = SecondPersonRole | 'anybody';

/**
 * Whose agreement is still missing, given those of the approvals that count. Empty when nobody's is.
 * Source: the procedure's rule that a remembered "no" takes a lead and another second person.
 */
export function stillNeeded(needs: SecondPersons, approvals: readonly Approval[]): readonly StillNeeded[] {
  const different = approvals.filter(({ by }, index) => approvals.findIndex((one) => one.by === by) === index);
  const leads = different.filter(({ as }) => as === 'lead').length;
  switch (needs) {
    case 'approver':
      return different.length > 0 ? [] : ['approver'];
    case 'lead':
      return leads > 0 ? [] : ['lead'];
    case 'lead-and-another':
      if (different.length >= 2) return leads > 0 ? [] : ['lead'];
      if (different.length === 0) return ['lead', 'anybody'];
      return leads > 0 ? ['anybody'] : ['lead'];
  }
}

/** In which roles people are asked while these are missing. */
export function rolesAsked(missing: readonly StillNeeded[]): readonly SecondPersonRole[] {
  if (missing.includes('anybody')) return ['lead', 'approver'];
  return missing.includes('lead') ? ['lead'] : ['approver'];
}

/**
 * As what somebody with these roles would agree; `null` when their agreement is not what is missing. Where a lead is missing, a
 * lead agrees as one.
 */
export function agreesAs(roles: readonly SecondPersonRole[], missing: readonly StillNeeded[]): SecondPersonRole | null {
  const has = (role: SecondPersonRole): boolean => roles.includes(role);
  if (has('lead') && (missing.includes('lead') || missing.includes('anybody'))) return 'lead';
  if (has('approver') && (missing.includes('approver') || missing.includes('anybody'))) return 'approver';
  return null;
}
