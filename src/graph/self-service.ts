/**
 * How far a caller has come with a self-service reset, according to an entry of the tenant's audit log. Microsoft's texts are
 * recognized by how they begin, whatever their case. An unknown text never counts as a successful reset.
 */
import type { SelfServiceProgress } from '../procedure/case.ts';
import type { AuditEntry } from './audit-shapes.ts';

type Step = SelfServiceProgress['step'];

/** Reasons in the log, by how they begin or by a distinctive part; the most decisive first. */
const FLOW: readonly { readonly pattern: RegExp; readonly step: Step }[] = [
  { pattern: /blocked for 24 hours|too many (times|invalid)/i, step: 'blocked' },
  { pattern: /^user successfully reset/i, step: 'succeeded' },
  { pattern: /^user (cancelled|canceled|abandoned|contacted an admin)/i, step: 'failed' },
  { pattern: /^user submitted their user id/i, step: 'id-entered' },
  { pattern: /^user (was presented with|started|completeMemberships|passed)/i, step: 'verifying' },
];

/** The step an entry reports; `null` when it is not about a self-service reset. */
export function stepOf(entry: Pick<AuditEntry, 'activityDisplayName' | 'result' | 'resultReason'>): Step | null {
  const activity = entry.activityDisplayName.toLowerCase();
  const succeeded = entry.result.toLowerCase() === 'success';
  // The result of this entry is `success`, because the block succeeded.
  if (activity.startsWith('blocked from self-service password reset')) return 'blocked';
  if (
    activity.startsWith('reset password (self-service)') ||
    activity.startsWith('unlock user account (self-service)')
  ) {
    return succeeded ? 'succeeded' : 'failed';
  }
  if (!activity.startsWith('self-service password reset flow activity')) return null;
  const known = FLOW.find(({ pattern }) => pattern.test(entry.resultReason.trim()));
  if (known) return known.step === 'succeeded' && !succeeded ? 'failed' : known.step;
  return succeeded ? 'verifying' : 'failed';
}
