/**
 * The front of the house: each turn is met here, the person's roles are read, and whatever goes wrong becomes a plain answer.
 * The one rule kept here: nobody is left without an answer, and no answer tells more than its reader may know.
 */
import { recognize } from '../../intents/recognize.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import { Fault } from '../ports/fault.ts';
import type { Services, TurnServices } from '../services.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { onAction } from './on-action.ts';
import { lookAhead, onMessage } from './on-message.ts';
import type { InstallTurn, Casework, Reply, MessageTurn, Turn } from '../ports/turn.ts';
import type { Role } from '../../procedure/actions.ts';
import { arrivalOf, isNew } from './arrivals.ts';

const reply = (cardMessage: CardMessage): readonly Reply[] => [{ cardMessage, cardOf: null }];

/** Builds what teams/ calls. */
export function createCasework(all: Services): Casework {
  /** The answer speaks the language of whoever wrote or clicked. */
  const inLanguageOf = (turn: Turn): TurnServices => ({ ...all, cards: all.cards.in(turn.language) });
  return {
    async onMessage(turn) {
      const services = inLanguageOf(turn);
      if (turn.where.chat !== 'personal') {
        if (!(await services.ledger.firstSight(turn.activityId, services.runtime.now()))) return null;
        return reply(services.cards.refusal({ refusal: { code: 'only-in-personal-chat' }, at: null }));
      }
      const intent = recognize(turn.text);
      try {
        const [ahead, roles] = await Promise.all([lookAhead(services, turn, intent), rolesForMessage(services, turn)]);
        if (roles === 'repeated') return null;
        return await onMessage(services, turn, intent, roles, { ahead, arrival: arrivalOf(turn, roles) });
      } catch (error) {
        return reply(
          intent.kind === 'manual-reset' ? await refuseAnyway(services, turn, error) : apologize(services, error),
        );
      }
    },
    async onAction(turn) {
      const services = inLanguageOf(turn);
      if (turn.where.chat !== 'personal') {
        return {
          kind: 'show',
          cardMessage: services.cards.refusal({ refusal: { code: 'only-in-personal-chat' }, at: null }),
        };
      }
      try {
        const roles = await meet(services, turn);
        return await onAction(services, turn, roles);
      } catch (error) {
        return { kind: 'show', cardMessage: apologize(services, error) };
      }
    },
    async onInstall(turn: InstallTurn) {
      if (turn.where.chat !== 'personal') return [];
      const services = inLanguageOf(turn);
      const roles = await meet(services, turn);
      return [{ cardMessage: greeting(services, roles), cardOf: null }];
    },
  };
}

/** The first words: to a technician how to begin, to other helpdesk roles what they can ask, to anybody else what they can do. */
function greeting(services: TurnServices, roles: ReadonlySet<Role>): CardMessage {
  if (roles.has('technician')) return services.cards.welcome();
  return roles.size > 0 ? services.cards.help([...roles]) : services.cards.guidance(null);
}

/**
 * Reads the roles of somebody who wrote. Their arrival is recorded by whoever answers, with the first entry it leads to; when
 * the roles cannot be read there is no other entry, and it is recorded here.
 */
async function rolesForMessage(services: TurnServices, turn: MessageTurn): Promise<ReadonlySet<Role> | 'repeated'> {
  try {
    return await services.rolesOf(turn.person);
  } catch (error) {
    if (!(error instanceof Fault && error.code.startsWith('directory-'))) throw error;
    if (!(await isNew(services, arrivalOf(turn, null)))) return 'repeated';
    throw error;
  }
}

/**
 * Reads the person's roles, and remembers how to reach them. A chat is remembered even when the roles cannot be read:
 * whoever arrives while the directory is down must not stay out of reach.
 */
async function meet(services: TurnServices, turn: Turn): Promise<ReadonlySet<Role>> {
  const remember = (roles: readonly Role[] | null) =>
    services.ledger.rememberConversation(turn.where.conversation, roles, services.runtime.now());
  try {
    const roles = await services.rolesOf(turn.person);
    await remember([...roles]);
    return roles;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('directory-')) await remember(null);
    throw error;
  }
}

/** The refusal of a manual reset needs neither the directory nor the ledger: it is given even when both are down. */
async function refuseAnyway(services: TurnServices, turn: MessageTurn, error: unknown): Promise<CardMessage> {
  const reference = report(services, error);
  let recorded = true;
  try {
    const entry = requestRefusedEntry(turn.person, null, 'manual-reset', 'manual-reset-never');
    await services.ledger.record([entry], services.runtime.now());
  } catch (second) {
    recorded = false;
    services.log.error({ reference, code: codeOf(second) }, 'a refused manual reset could not be written down');
  }
  return services.cards.refused({ query: '', at: null, recorded });
}

function apologize(services: TurnServices, error: unknown): CardMessage {
  const reference = report(services, error);
  return services.cards.fault({ code: error instanceof Fault ? error.code : null, reference, at: null });
}

/** Writes the diagnostic line and gives the reference people can quote. Types and codes only: messages may hold anything. */
function report(services: TurnServices, error: unknown): string {
  const reference = services.runtime.newId().slice(0, 8);
  const internal = error instanceof Fault ? error.internal : whereFrom(error);
  services.log.error({ reference, code: codeOf(error), internal }, 'a turn failed');
  return reference;
}

function codeOf(error: unknown): string {
  return error instanceof Fault ? error.code : 'bug';
}

/** Where a bug was thrown, without its message. */
function whereFrom(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return `${error.name} ${frame?.trim() ?? ''}`;
}
