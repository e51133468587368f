/**
 * Carries out what a step decided, one effect at a time: the intent is in the ledger already, the outcome follows.
 * An effect never decides; what it learns goes back to the procedure as an event.
 */
import type { Case } from '../../procedure/case.ts';
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

/** What an effect came to: for the ledger, for the card, and for the procedure. */
interface Outcome {
  readonly outcome: string;
  readonly notice?: NoticeCode;
  readonly event?: CaseEvent;
}

/** What performing gives back. */
export interface EffectResults {
  readonly notices: readonly NoticeCode[];
  /** What earlier tries of the same effects had reported. */
  readonly over: readonly NoticeCode[];
  readonly events: readonly CaseEvent[];
}

const ABOUT_THE_CALLER: readonly NoticeCode[] = ['caller-notified-in-teams', 'caller-not-reachable-in-teams'];
/** What each effect can tell; a new try takes the place of the last one. */
const TELLS: Readonly<Partial<Record<EffectName, readonly NoticeCode[]>>> = {
  'push-self-service-link': ABOUT_THE_CALLER,
  'notify-caller': ABOUT_THE_CALLER,
  'notify-manager': ['manager-not-reachable-in-teams'],
  'ask-manager': ['manager-not-reachable-in-teams'],
  'end-sessions': ['sessions-not-ended'],
};

/** A pass made up to this long before the order still counts as ours: two clocks never agree exactly. */
const CLOCK_TOLERANCE_MS = 120_000;

/** What changes the tenant is recorded at once; what only told somebody something waits for the other messages of the step. */
const CHANGES_THE_TENANT: ReadonlySet<EffectName> = new Set(['delete-pass', 'end-sessions']);

/** Carries out effects in order. `create-pass` is not among them: issue-pass.ts does that, where the secret is held. */
export async function runEffects(
  parts: EffectParts,
  stored: StoredCase,
  intended: readonly IntendedEffect[],
): Promise<EffectResults> {
  const notices: NoticeCode[] = [];
  const over: NoticeCode[] = [];
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
      over.push(...(TELLS[one.effect.kind] ?? []));
      if (notice !== undefined) notices.push(notice);
      if (event !== undefined) events.push(event);
    }
  } finally {
    await record();
  }
  return { notices, over, events };
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
      const gone = await directory.deletePass(at.caller, effect.passId);
      return gone === 'gone' ? { outcome: gone, event: { kind: 'pass-deleted' } } : { outcome: gone };
    }
    case 'look-for-pass':
      return lookForPass(directory, at, effect.order.orderedAt);
    case 'end-sessions': {
      const ended = await directory.endSessions(at.caller);
      return ended === 'ended' ? { outcome: ended } : { outcome: ended, notice: 'sessions-not-ended' };
    }
  }
}

async function lookForPass(directory: Directory, at: Case, orderedAt: number): Promise<Outcome> {
  const seen = await directory.readPass(at.caller);
  if (seen.kind !== 'read') return { outcome: `not read: ${seen.why}` };
  const pass = seen.value;
  const ours = pass !== null && pass.createdAt >= orderedAt - CLOCK_TOLERANCE_MS;
  if (!ours) return { outcome: 'none found', event: { kind: 'no-pass-found' } };
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
