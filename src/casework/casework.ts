/**
 * The front of the house: each turn is met here, the person's roles are read, and whatever goes wrong becomes a plain answer.
 * The one rule kept here: nobody is left without an answer, and no answer tells more than its reader may know.
 */
import { recognise } from '../intents/recognise.ts';
import { requestRefusedEntry } from './entries.ts';
import { Fault } from './fault.ts';
import type { House } from './house.ts';
import type { Letter } from './ports.ts';
import { pressed } from './pressed.ts';
import { lookAhead, said } from './said.ts';
import type { ArrivedTurn, Casework, Reply, SaidTurn, Turn } from './turn.ts';
import type { Role } from './who-may.ts';

/** Builds what teams/ calls. */
export function createCasework(house: House): Casework {
  return {
    async said(turn) {
      const alone = (letter: Letter): readonly Reply[] => [{ letter, cardOf: null }];
      if (turn.where.chat !== 'personal') {
        return alone(house.cards.refusal({ refusal: { code: 'only-in-personal-chat' }, at: null }));
      }
      try {
        const [ahead, roles] = await Promise.all([lookAhead(house, turn), meet(house, turn)]);
        return await said(house, turn, roles, ahead);
      } catch (error) {
        return alone(isManualReset(turn) ? await refuseAnyway(house, turn, error) : apologise(house, error));
      }
    },
    async pressed(turn) {
      if (turn.where.chat !== 'personal') {
        return { show: house.cards.refusal({ refusal: { code: 'only-in-personal-chat' }, at: null }) };
      }
      try {
        const roles = await meet(house, turn);
        return await pressed(house, turn, roles);
      } catch (error) {
        return { show: apologise(house, error) };
      }
    },
    async arrived(turn: ArrivedTurn) {
      if (turn.where.chat !== 'personal') return [];
      const roles = await meet(house, turn);
      return [{ letter: greeting(house, roles), cardOf: null }];
    },
  };
}

/** The first words: to a technician how to begin, to other helpdesk roles what they can ask, to anybody else what they can do. */
function greeting(house: House, roles: ReadonlySet<Role>): Letter {
  if (roles.has('technician')) return house.cards.welcome();
  return roles.size > 0 ? house.cards.help([...roles]) : house.cards.guidance(null);
}

/**
 * Reads the person's roles, and remembers how to reach them. A chat is remembered even when the roles cannot be read:
 * whoever arrives while the directory is down must not stay out of reach.
 */
async function meet(house: House, turn: Turn): Promise<ReadonlySet<Role>> {
  const remember = (roles: readonly Role[] | null) =>
    house.ledger.rememberConversation(turn.where.conversation, roles, house.around.now());
  try {
    const roles = await house.whoMay(turn.person);
    await remember([...roles]);
    return roles;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('directory-')) await remember(null);
    throw error;
  }
}

function isManualReset(turn: SaidTurn): boolean {
  return recognise(turn.text).kind === 'manual-reset';
}

/** The refusal of a manual reset needs neither the directory nor the ledger: it is given even when both are down. */
async function refuseAnyway(house: House, turn: SaidTurn, error: unknown): Promise<Letter> {
  const reference = report(house, error);
  try {
    const entry = requestRefusedEntry(turn.person, null, 'manual-reset', 'manual-reset-never');
    await house.ledger.record([entry], house.around.now());
  } catch (second) {
    house.log.error({ reference, code: codeOf(second) }, 'a refused manual reset could not be written down');
  }
  return house.cards.refused({ query: '', at: null });
}

function apologise(house: House, error: unknown): Letter {
  const reference = report(house, error);
  return house.cards.fault({ said: error instanceof Fault ? error.public : null, reference, at: null });
}

/** Writes the diagnostic line and gives the reference people can quote. Types and codes only: messages may hold anything. */
function report(house: House, error: unknown): string {
  const reference = house.around.newId().slice(0, 8);
  const internal = error instanceof Fault ? error.internal : whereFrom(error);
  house.log.error({ reference, code: codeOf(error), internal }, 'a turn failed');
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
