/**
 * Handles every turn: reads the person's roles, passes the message or click on, and turns whatever goes wrong into an answer.
 * Everybody gets an answer, and no answer tells its reader more than they may know.
 */
import { readAction } from '../../intents/read-action.ts';
import type { Intent } from '../../intents/intent.ts';
import { recognize } from '../../intents/recognize.ts';
import { Fault, isUnwritable } from '../ports/fault.ts';
import type { Services, TurnServices } from '../services.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { isOpening, onAction, onOpening } from './on-action.ts';
import { onMessage } from './on-message.ts';
import { lookAhead, reply } from './opening.ts';
import { withAtMost, type Deadline } from '../ports/runtime.ts';
import { inTurn } from '../ports/turn-id.ts';
import type { ActionTurn, Casework, ClickAnswer, MessageTurn, Reply, Turn } from '../ports/turn.ts';
import type { Role } from '../../procedure/actions.ts';
import { needsFreshRoles, needsNoRoles } from './access.ts';
import { apologize, codeOf, report } from './apologies.ts';
import { answerClick, answerMessage, answerOpening, FIRST_CARD_MS } from './answer-in-time.ts';
import { arrivedByClick, arrivedByMessage, type Arrived, type ArrivedMessage } from './arrivals.ts';
import { refuseClickHere, refuseMessageHere } from './outside-personal-chat.ts';
import { note, refusalEntries } from './traces.ts';

/** Builds what teams/ calls. */
export function createCasework(all: Services): Casework {
  /** Answers are in the language of the person who wrote or clicked. `deadline`: until when the directory is waited for. */
  const answer = <T>(
    turn: Turn,
    deadline: Deadline | undefined,
    work: (services: TurnServices) => Promise<T>,
  ): Promise<T> =>
    inTurn(
      () => all.runtime.newId(),
      () =>
        withAtMost(FIRST_CARD_MS, undefined, all.timing, (firstCardBy) =>
          work({
            ...all,
            cards: all.cards.in(turn.language),
            cardsIn: (language) => all.cards.in(language),
            deadline,
            firstCardBy,
          }),
        ),
    );
  return {
    onMessage: (turn) =>
      answer(turn, undefined, async (services) => {
        const { chat } = turn.where;
        if (chat !== 'personal') return refuseMessageHere(services, turn, chat);
        const arrived = arrivedByMessage(services, turn);
        try {
          return await answerMessage(services, turn, arrived, workOnMessage(services, turn, arrived));
        } catch (error) {
          return reply(apologize(services, error));
        }
      }),
    onAction(turn) {
      const opens = isOpening(turn.verb);
      return answer(turn, opens ? undefined : turn.deadline, async (services) => {
        const { chat } = turn.where;
        if (chat !== 'personal') return refuseClickHere(services, turn, chat);
        try {
          return await (opens
            ? answerOpening(services, turn, workOnOpening(services, turn))
            : answerClick(services, turn, workOnClick(services, turn)));
        } catch (error) {
          return { kind: 'show', cardMessage: apologize(services, error) };
        }
      });
    },
    onInstall: (turn) =>
      answer(turn, turn.deadline, async (services) => {
        if (turn.where.chat !== 'personal') return [];
        const roles = await rolesAndChat(services, turn);
        offerRequests(services, turn, roles);
        return [{ cardMessage: greeting(services, roles), cardOf: null }];
      }),
  };
}

/** An approver who can be reached now, and could not be before, gets the requests that wait for a decision. */
function offerRequests(services: TurnServices, { person }: Turn, roles: ReadonlySet<Role>): void {
  if (roles.has('approver') || roles.has('lead'))
    services.background.run('offering requests', services.requestOffers.offer(person));
}

async function workOnMessage(
  services: TurnServices,
  turn: MessageTurn,
  arrived: ArrivedMessage,
): Promise<readonly Reply[] | null> {
  const intent = recognize(turn.text);
  try {
    const [ahead, roles] = await Promise.all([
      lookAhead(services, turn, intent),
      rolesForMessage(services, turn, intent.kind, arrived),
    ]);
    if (roles === 'repeated') return null;
    const replies = await onMessage(services, turn, intent, roles, { ahead, arrived });
    if (intent.kind !== 'show-case') offerRequests(services, turn, roles);
    return replies;
  } catch (error) {
    return reply(
      intent.kind === 'manual-reset' ? await refuseAnyway(services, turn, arrived, error) : apologize(services, error),
    );
  }
}

async function workOnOpening(services: TurnServices, turn: ActionTurn): Promise<readonly Reply[] | null> {
  try {
    return await onOpening(services, turn, await rolesForPress(services, turn));
  } catch (error) {
    return reply(apologize(services, error));
  }
}

async function workOnClick(services: TurnServices, turn: ActionTurn): Promise<ClickAnswer> {
  try {
    return await onAction(services, turn, await rolesForPress(services, turn));
  } catch (error) {
    return { kind: 'show', cardMessage: apologize(services, error, await ownCase(services, turn)) };
  }
}

/** The case of the button, if the person who clicked works on it: the apology leads back to it. */
async function ownCase(services: TurnServices, { verb, data, person }: ActionTurn): Promise<StoredCase | null> {
  const action = readAction(verb, data);
  if (!('caseId' in action)) return null;
  try {
    const stored = await services.ledger.load(action.caseId);
    return stored?.case.technician === person ? stored : null;
  } catch (error) {
    if (error instanceof Fault) return null; // the ledger may be what failed; the apology goes out without the way back
    throw error;
  }
}

/** The greeting: technicians read how to start, other helpdesk roles what they can ask, everybody else how to help themselves. */
function greeting(services: TurnServices, roles: ReadonlySet<Role>): CardMessage {
  if (roles.has('technician')) return services.cards.welcome();
  return roles.size > 0 ? services.cards.help([...roles]) : services.cards.guidance(null);
}

/**
 * Reads the roles of the person who wrote. The arrival of the message is recorded later, with the first entry that it leads to.
 * When the roles cannot be read, nothing is done, so the arrival is recorded here, with that refusal.
 */
async function rolesForMessage(
  services: TurnServices,
  turn: MessageTurn,
  asked: Intent['kind'],
  arrived: ArrivedMessage,
): Promise<ReadonlySet<Role> | 'repeated'> {
  try {
    const roles = await services.rolesOf(turn.person, { deadline: services.deadline });
    await arrived.rolesAre(roles);
    return roles;
  } catch (error) {
    if (!(error instanceof Fault && error.code.startsWith('directory-'))) throw error;
    // A manual reset is refused all the same, with an entry of its own.
    const refused = { by: turn.person, asked, because: 'roles-unread' };
    const entries = asked === 'manual-reset' ? [] : refusalEntries(services, refused);
    if ((await note(services, arrived, entries)) === 'repeated') return 'repeated';
    throw error;
  }
}

/**
 * Reads the person's roles and records how to reach them. The chat is recorded even when the roles cannot be read, so that
 * somebody who first writes while the directory is down can be reached later.
 */
async function rolesAndChat(
  services: TurnServices,
  turn: Turn,
  { fresh }: { readonly fresh: boolean } = { fresh: false },
): Promise<ReadonlySet<Role>> {
  const remember = (roles: readonly Role[] | null) => rememberChat(services, turn, roles);
  try {
    const roles = await services.rolesOf(turn.person, { fresh, deadline: services.deadline });
    await remember([...roles]);
    return roles;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('directory-')) await remember(null);
    throw error;
  }
}

/**
 * The roles for a button. Where they cannot be read, nothing is done, and that is written down like every other refusal: otherwise
 * whoever presses while the directory is down leaves no trace.
 */
async function rolesForPress(services: TurnServices, turn: ActionTurn): Promise<ReadonlySet<Role>> {
  const { verb, data, person } = turn;
  if (needsNoRoles(verb)) return chatOnly(services, turn);
  try {
    return await rolesAndChat(services, turn, { fresh: needsFreshRoles(verb) });
  } catch (error) {
    if (!(error instanceof Fault && error.code.startsWith('directory-'))) throw error;
    const { kind } = readAction(verb, data);
    const refused = { by: person, asked: kind === 'forged' ? 'button' : kind, because: 'roles-unread' };
    await note(services, arrivedByClick(services), refusalEntries(services, refused));
    throw error;
  }
}

/** Records how to reach somebody whose roles make no difference. */
async function chatOnly(services: TurnServices, turn: Turn): Promise<ReadonlySet<Role>> {
  await rememberChat(services, turn, null);
  return new Set();
}

/** Nothing depends on it: whoever writes while the ledger cannot be written is remembered the next time. */
async function rememberChat(services: TurnServices, turn: Turn, roles: readonly Role[] | null): Promise<void> {
  try {
    await services.ledger.rememberConversation(turn.where.conversation, roles, services.runtime.now());
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
}

/** Refuses a manual reset even when the directory or the ledger is down: the refusal needs neither. */
async function refuseAnyway(
  services: TurnServices,
  turn: MessageTurn,
  arrived: Arrived,
  error: unknown,
): Promise<CardMessage> {
  const reference = report(services, error);
  let recorded = false;
  try {
    const refused = { by: turn.person, asked: 'manual-reset', because: 'manual-reset-never' };
    recorded = (await note(services, arrived, refusalEntries(services, refused))) !== 'unrecorded';
  } catch (second) {
    services.log.error({ reference, code: codeOf(second) }, 'a refused manual reset could not be recorded');
  }
  return services.cards.refused({ query: '', at: null, recorded });
}
