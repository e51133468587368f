/**
 * The answers to a click that several buttons share: the card of the case, a refusal, a denial.
 */
import type { AccessDenial, RefusalView } from '../ports/card-views.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { Refusal } from '../../procedure/case.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { ClickAnswer } from '../ports/turn.ts';
import type { TurnServices } from '../services.ts';
import { arrivedByClick } from './arrivals.ts';
import {
  note,
  recordLook,
  refusalEntries,
  type Look,
  type Looked,
  type LostPress,
  type RefusedRequest,
} from './traces.ts';

/** Where the case is now, if it can be read; otherwise where it was. */
export async function latestOf(services: TurnServices, before: StoredCase): Promise<StoredCase> {
  return (await services.ledger.load(before.case.id)) ?? before;
}

/** The card of the case. When there was no time for the names on it, the card in the chat is drawn again, without a deadline. */
export async function caseCard(services: TurnServices, stored: StoredCase): Promise<ClickAnswer> {
  const { cardMessages, cards, deadline, outbox, profiles } = services;
  const cardMessage = await cardMessages.caseCard(cards, stored, deadline);
  if (deadline?.left() === 0 && profiles.rememberedName(stored.case.caller) === null) {
    void outbox.refreshCard(stored.case.id);
  }
  return { kind: 'show', cardMessage };
}

/** The procedure says no. With `at`, the answer leads back to the case. */
export function refused(
  services: TurnServices,
  refusal: Refusal,
  at: StoredCase | null = null,
  recorded = true,
): ClickAnswer {
  const { mending, runtime, timeZone } = services;
  const nextRead = { at: at === null ? null : mending.watch(at), now: runtime.now(), timeZone };
  return { kind: 'show', cardMessage: services.cards.refusal({ refusal, at, nextRead, recorded }) };
}

/** The procedure says no, in a line above the card: what is on the card is still needed. */
export function keepCard({ cards }: TurnServices, refusal: Refusal): ClickAnswer {
  return { kind: 'keep-card', cardMessage: cards.refusal({ refusal, at: null }) };
}

/** A line above the card, which stays and is updated. */
export function stillWorking({ cards }: TurnServices): Extract<ClickAnswer, { kind: 'keep-card' }> {
  return { kind: 'keep-card', cardMessage: cards.confirmation({ code: 'still-working', at: null }) };
}

/** Records that a click was refused, and says so. */
export async function refuseClick(
  services: TurnServices,
  refused: RefusedRequest,
  refusal: RefusalView['refusal'],
): Promise<Extract<ClickAnswer, { kind: 'show' }>> {
  const noted = await note(services, arrivedByClick(services), refusalEntries(services, refused));
  const cardMessage = services.cards.refusal({ refusal, at: null, recorded: noted === 'recorded' });
  return { kind: 'show', cardMessage };
}

/** Shows the card of a case to somebody who did not move it. That they looked is recorded first. */
export async function lookAtCase(
  services: TurnServices,
  by: PersonId,
  stored: StoredCase,
  how: Look,
): Promise<ClickAnswer> {
  return showTo(services, await recordLook(services, arrivedByClick(services), by, stored, how), stored);
}

/** The same after a press that came too late: nothing was done, and the card shows where the case is. */
export async function pressedTooLate(
  services: TurnServices,
  by: PersonId,
  stored: StoredCase,
  lost: LostPress,
): Promise<ClickAnswer> {
  const looked = await recordLook(services, arrivedByClick(services), by, stored, 'outdated-button', lost);
  return showTo(services, looked, stored);
}

async function showTo(services: TurnServices, looked: Looked, stored: StoredCase): Promise<ClickAnswer> {
  return looked === 'recorded' ? caseCard(services, stored) : denied(services, 'too-fast');
}

/** Says that something was denied. Whoever calls this has recorded it. */
export function denied({ cards }: TurnServices, code: AccessDenial): ClickAnswer {
  return { kind: 'show', cardMessage: cards.refusal({ refusal: { code }, at: null }) };
}
