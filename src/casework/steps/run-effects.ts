/**
 * Carries out what a step decided, one effect at a time: the intent is in the ledger already, the outcome follows.
 * An effect never decides; what it learns goes back to the procedure as an event.
 */
import type { Case, PassOrder } from '../../procedure/case.ts';
import type { Effect, EffectName } from '../../procedure/effects.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { NoticeCode } from '../ports/card-views.ts';
import { outcomeEntry, type IntendedEffect } from './entries.ts';
import type { Directory } from '../ports/directory.ts';
import type { LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { Delivery } from '../ports/messenger.ts';
import type { Runtime } from '../ports/runtime.ts';
import { alarmLeads, askApprovers, type OutreachParts } from './outreach.ts';

/** What performing needs. */
export interface EffectParts extends OutreachParts {
  readonly directory: Directory;
  readonly runtime: Runtime;
}

/** What an effect came to: for the ledger, for an alarm that follows in the same step, and for the procedure. */
interface Outcome {
  readonly outcome: string;
  readonly notice?: NoticeCode;
  readonly event?: CaseEvent;
}

/** What changes the tenant is recorded at once; what only told somebody something waits for the other messages of the step. */
const CHANGES_THE_TENANT: ReadonlySet<EffectName> = new Set(['delete-pass', 'end-sessions']);

/** Carries out effects in order, and gives what they report to the procedure. `create-pass` is not among them: issue-pass.ts does that, where the secret is held. */
export async function runEffects(
  parts: EffectParts,
  stored: StoredCase,
  intended: readonly IntendedEffect[],
): Promise<readonly CaseEvent[]> {
  const notices: NoticeCode[] = [];
  const events: CaseEvent[] = [];
  const outcomes: LedgerEntry[] = [];
  const record = async (): Promise<void> => {
    if (outcomes.length > 0) await parts.ledger.record(outcomes.splice(0), parts.runtime.now());
  };
  try {
    for (const one of intended) {
      if (one.effect.kind === 'create-pass') continue;
      const { outcome, notice, event } = await carryOut(parts, stored, one.effect, notices);
      outcomes.push(outcomeEntry(stored.case, one, outcome));
      if (CHANGES_THE_TENANT.has(one.effect.kind)) await record();
      if (notice !== undefined) notices.push(notice);
      if (event !== undefined) events.push(event);
    }
  } finally {
    await record();
  }
  return events;
}

async function carryOut(
  parts: EffectParts,
  stored: StoredCase,
  effect: Exclude<Effect, { kind: 'create-pass' }>,
  soFar: readonly NoticeCode[],
): Promise<Outcome> {
  const { directory, outbox, cardMessages } = parts;
  const at = stored.case;
  switch (effect.kind) {
    case 'push-self-service-link':
      return toCaller(await outbox.send(at.caller, (cards) => cardMessages.selfServiceLink(cards, stored)));
    case 'notify-caller':
      return toCaller(
        await outbox.send(at.caller, (cards) => cardMessages.notice(cards, stored, effect.notice, 'caller')),
      );
    case 'notify-manager': {
      const sent = await outbox.send(effect.manager, (cards) =>
        cardMessages.notice(cards, stored, effect.notice, 'manager'),
      );
      return sent.kind === 'delivered'
        ? delivered(sent)
        : { ...delivered(sent), notice: 'manager-not-reachable-in-teams' };
    }
    case 'ask-manager': {
      const asked = await outbox.send(effect.manager, (cards) => cardMessages.managerQuestion(cards, stored));
      if (asked.kind === 'delivered')
        await parts.ledger.rememberRequestCard(at.id, 'manager-question', effect.manager, asked.place);
      return asked.kind === 'delivered'
        ? delivered(asked)
        : { ...delivered(asked), notice: 'manager-not-reachable-in-teams' };
    }
    case 'ask-approvers':
      return { outcome: await askApprovers(parts, stored, 'everybody') };
    case 'alarm-leads':
      return { outcome: await alarmLeads(parts, stored, effect.alarm, soFar) };
    case 'delete-pass': {
      const look = await directory.deletePass(at.caller, effect.passId);
      if (look === 'gone') return { outcome: look, event: { kind: 'pass-deleted', at: directory.now() } };
      return { outcome: look, ...(look === 'still-there' && { event: { kind: 'pass-still-there' } as const }) };
    }
    case 'look-for-pass':
      return lookForPass(directory, at, effect.order);
    case 'read-new-methods': {
      const methods = await directory.readMethods(at.caller);
      const outcome = methods.kind === 'read' ? 'read' : `not read: ${methods.why}`;
      return { outcome, event: { kind: 'new-methods-read', methods } };
    }
    case 'end-sessions': {
      const ended = await directory.endSessions(at.caller);
      return ended === 'ended' ? { outcome: ended } : { outcome: ended, notice: 'sessions-not-ended' };
    }
  }
}

/**
 * A pass that was not there before the order is taken for the one that was ordered. No clock is asked. It could only be somebody
 * else's if they created it in this moment, and then it has replaced ours; nobody may sign in with a pass that no case explains.
 */
async function lookForPass(directory: Directory, at: Case, { passBefore }: PassOrder): Promise<Outcome> {
  const seen = await directory.readPass(at.caller);
  if (seen.kind !== 'read') return { outcome: `not read: ${seen.why}` };
  const pass = seen.value;
  if (pass === null || pass.passId === passBefore) {
    return { outcome: 'none found', event: { kind: 'no-pass-found', at: directory.now() } };
  }
  const { passId, usableFrom, usableUntil, oneTime } = pass;
  return { outcome: 'found', event: { kind: 'pass-found', pass: { passId, usableFrom, usableUntil, oneTime } } };
}

function delivered(delivery: Delivery): Outcome {
  return { outcome: delivery.kind === 'delivered' ? 'delivered' : `not delivered: ${delivery.why}` };
}

function toCaller(delivery: Delivery): Outcome {
  const notice = delivery.kind === 'delivered' ? 'caller-notified-in-teams' : 'caller-not-reachable-in-teams';
  return { ...delivered(delivery), notice };
}
