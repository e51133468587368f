/**
 * What an entry of the audit log tells about people: events for the index, and facts that changed. Microsoft's texts are
 * not a contract, so they are recognized by how they begin, whatever their case. An entry that may have changed a number
 * counts as a change.
 */
import type { FactSighting, FollowedFact, TenantEvent } from '../../casework/ports/tenant-index.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import type { AuditEntry } from '../audit-shapes.ts';
import { changedBy } from '../number-changes.ts';
import type { ChangedKind } from '../number-changes.ts';
import { stepOf } from '../self-service.ts';
import { impersonal } from '../text.ts';

/**
 * The log tells that a registered phone changed, but not which one. So its entries are kept as changes of this fact, and
 * count for every phone that is registered.
 */
export const REGISTERED_PHONES: FollowedFact = 'method:phones';

const FACTS: Readonly<Record<ChangedKind, FollowedFact>> = {
  office: 'office-number',
  mobile: 'mobile-number',
  registered: REGISTERED_PHONES,
  manager: 'manager',
};

/** Somebody who acts for Microsoft's own self-service page: what they do was done by the person themselves. */
const SELF_SERVICE_ACCOUNT = /^fim_password_service@/i;

const REASON_CHARACTERS = 200;

/** Microsoft's words without anything about a person, and short. */
function wordsOf(text: string): string {
  return impersonal(text, REASON_CHARACTERS).slice(0, REASON_CHARACTERS).toWellFormed();
}

/** The people an entry is about. Of a manager's entry, the second one is the manager, for whom nothing changes. */
function peopleIn({ activityDisplayName, targetResources }: AuditEntry): readonly PersonId[] {
  const people = targetResources.filter(({ id, type }) => typeof id === 'string' && /^(user)?$/i.test(type));
  const meant = /user manager$/i.test(activityDisplayName) ? people.slice(0, 1) : people;
  return [...new Set(meant.map(({ id }) => id as PersonId))];
}

function whatOf(entry: AuditEntry): TenantEvent['what'] | null {
  const { activityDisplayName: activity, resultReason, activityDateTime: at } = entry;
  const step = stepOf(entry);
  if (step !== null) {
    const reason = wordsOf(resultReason);
    return { kind: 'self-service', progress: { step, reason: reason === '' ? null : reason, at } };
  }
  if (/^(failure|timeout)$/i.test(entry.result)) return null;
  // Microsoft's own spellings differ: the activity or the reason names the pass.
  const text = `${activity} ${resultReason}`;
  if (/temporary access pass/i.test(text) && !/policy/i.test(activity)) {
    if (/\b(delet|remov)/i.test(text)) return { kind: 'pass-deleted' };
    if (/\b(regist|creat|add|updat)/i.test(text)) return { kind: 'pass-created' };
  }
  if (isResetByAdministrator(entry)) return { kind: 'reset-by-administrator' };
  if (/security info/i.test(activity)) {
    const words = resultReason === '' ? activity : `${activity}: ${resultReason}`;
    return { kind: 'security-info', activity: wordsOf(words) };
  }
  return null;
}

function isResetByAdministrator({ activityDisplayName, initiatedBy, targetResources }: AuditEntry): boolean {
  if (/^reset password \(by admin\)/i.test(activityDisplayName)) return true;
  if (!/^reset user password/i.test(activityDisplayName)) return false;
  const by = initiatedBy?.user;
  if (by === null || by === undefined) return true; // an app: whatever it was, it was not the person
  if (SELF_SERVICE_ACCOUNT.test(by.userPrincipalName)) return false;
  return !targetResources.some(({ id }) => typeof id === 'string' && id === by.id);
}

const POLICY =
  /(authentication methods policy (update|reset)|self-service password reset policy|password writeback for directory)/i;

/** Who changed a policy; `null` when the entry is about something else, or does not say. */
function policyChangedBy({ activityDisplayName, initiatedBy }: AuditEntry): PersonId | null {
  if (!POLICY.test(activityDisplayName)) return null;
  return (initiatedBy?.user?.id ?? initiatedBy?.app?.servicePrincipalId ?? null) as PersonId | null;
}

/** The events in an entry: one for each person it is about. A change of a policy is about whoever made it. */
export function eventsIn(entry: AuditEntry): readonly TenantEvent[] {
  const { id, activityDateTime: at } = entry;
  const by = policyChangedBy(entry);
  if (by !== null) return [{ id, at, about: by, what: { kind: 'policy-changed' } }];
  const what = whatOf(entry);
  if (what === null) return [];
  return peopleIn(entry).map((about) => ({ id, at, about, what }));
}

/** The facts that an entry changed, or may have changed. */
export function changesIn(entry: AuditEntry, seenAt: Instant): readonly FactSighting[] {
  const seen = { kind: 'logged-change', at: entry.activityDateTime, seenAt } as const;
  const facts = [...new Set(changedBy(entry).map((kind) => FACTS[kind]))];
  return peopleIn(entry).flatMap((person) => facts.map((fact) => ({ person, fact, seen })));
}
