/**
 * Every turn is answered in time, whatever it waits for. Work that is not done by then goes on in the background, and what it
 * comes to takes the place of the first answer.
 */
import { readAction } from '../../intents/read-action.ts';
import type { CardPlace } from '../ports/ledger.ts';
import { inTime, shortlyAfter, type Deadline } from '../ports/runtime.ts';
import type { TurnServices } from '../services.ts';
import type { ActionTurn, ClickAnswer, MessageTurn, Reply } from '../ports/turn.ts';
import type { Arrived } from './arrivals.ts';
import { stillWorking } from './click-answers.ts';
import { note } from './traces.ts';

/**
 * How long the facts for a first card are waited for, from when the turn began. With what is left to do then, and the way to
 * Teams, the first answer to a message, or to a click that opens a case, takes less than three seconds.
 */
export const FIRST_CARD_MS = 2_250;
/** What is answered at a deadline, because it was over, gets this long. */
const GRACE_MS = 250;

/**
 * Answers a message. The answer does not travel with the request, so nothing is cut off: when it takes long, a card says so, and
 * the answer takes its place.
 */
export async function answerMessage(
  services: TurnServices,
  turn: MessageTurn,
  arrived: Arrived,
  work: Promise<readonly Reply[] | null>,
): Promise<readonly Reply[] | null> {
  const first = await inTime(known(services, work), after(services, services.firstCardBy));
  if (first.kind === 'done') return first.value;
  if ((await note(services, arrived, [])) === 'repeated') return null;
  const continueAt = (place: CardPlace): void => {
    services.background.run('the answer to a slow message', putInPlace(services, turn, place, work));
  };
  return [{ cardMessage: stillWorking(services).cardMessage, cardOf: null, continueAt }];
}

/** Answers a click that opens a case. The card with the button is where the case card comes. */
export async function answerOpening(
  services: TurnServices,
  turn: ActionTurn,
  work: Promise<readonly Reply[] | null>,
): Promise<ClickAnswer> {
  const first = await inTime(known(services, work), after(services, services.firstCardBy));
  if (first.kind === 'late') {
    services.background.run('a slow opening', putInPlace(services, turn, turn.card, work));
    return { kind: 'show', cardMessage: stillWorking(services).cardMessage };
  }
  const [reply] = first.value ?? [];
  if (reply === undefined) throw new Error('a click was answered with nothing');
  if (turn.card !== null) await bindCard(services, turn.card, reply);
  return { kind: 'show', cardMessage: reply.cardMessage };
}

/** Answers any other click: with what the work comes to, or with a line above the card when its time is over. */
export async function answerClick(
  services: TurnServices,
  turn: ActionTurn,
  work: Promise<ClickAnswer>,
): Promise<ClickAnswer> {
  const answered = await inTime(known(services, work), after(services, turn.deadline));
  const showLater = (): void => {
    const late = work.then((answer) => showLate(services, turn, answer));
    services.background.run('a late answer to a click', late);
  };
  if (answered.kind === 'done') return { ...answered.value, lost: showLater };
  showLater();
  return stillWorking(services);
}

function after({ timing }: TurnServices, { signal }: Deadline): AbortSignal {
  return shortlyAfter(signal, GRACE_MS, timing);
}

/** The work of a turn is known from its beginning: the bot does not stop in the middle of it, also when its client has gone. */
function known<T>({ background }: TurnServices, work: Promise<T>): Promise<T> {
  background.run('a turn', work);
  return work;
}

async function putInPlace(
  services: TurnServices,
  { where: { conversation } }: MessageTurn | ActionTurn,
  place: CardPlace | null,
  work: Promise<readonly Reply[] | null>,
): Promise<void> {
  for (const reply of (await work) ?? []) {
    const stays = place !== null && reply.cardOf !== null;
    const at = stays ? place : await services.outbox.put(conversation, place, reply.cardMessage);
    if (at !== null) await bindCard(services, at, reply);
  }
}

/** The card at this place becomes the card of the case, and is updated in place from now on. */
async function bindCard(services: TurnServices, place: CardPlace, { cardOf, continueAt }: Reply): Promise<void> {
  if (cardOf !== null) {
    await services.ledger.rememberCard(cardOf, place);
    void services.outbox.refreshCard(cardOf);
  }
  continueAt?.(place);
}

/** A click was answered too late, or its answer never arrived. A technician's card shows where the case is; others see the answer. */
async function showLate(services: TurnServices, turn: ActionTurn, answer: ClickAnswer): Promise<void> {
  if (answer.kind === 'show-pass') {
    answer.lost();
    return;
  }
  const action = readAction(turn.verb, turn.data);
  const stored = 'caseId' in action ? await services.ledger.load(action.caseId) : null;
  if (stored?.case.technician === turn.person) await services.outbox.refreshCard(stored.case.id);
  else if (answer.kind === 'show') await services.outbox.put(turn.where.conversation, turn.card, answer.cardMessage);
}
