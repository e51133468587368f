/**
 * Messages and clicks in group chats and channels, where others read along. They are refused in words that name nobody, written
 * down, and whoever asked for something is asked in their personal chat to continue there. Nothing is looked up for them here.
 */
import { readAction } from '../../intents/read-action.ts';
import { recognize } from '../../intents/recognize.ts';
import type { Intent } from '../../intents/intent.ts';
import type { AccessDenial } from '../ports/card-views.ts';
import type { Reply, ActionTurn, ClickAnswer, MessageTurn } from '../ports/turn.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { TurnServices } from '../services.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { apologize, codeOf, report } from './apologies.ts';
import type { Arrived } from './arrivals.ts';
import { refuseClick } from './click-answers.ts';
import { reply } from './opening.ts';
import { note, refusalEntries, type Noted } from './traces.ts';

/** A chat that others can read. */
type SharedChat = 'group' | 'channel';

/** What asks for nothing that could be continued in the personal chat. */
const SMALL_TALK: readonly Intent['kind'][] = ['greeting', 'help', 'unknown'];

/** Answers a message; `null` when it was answered before. */
export async function refuseMessageHere(
  services: TurnServices,
  turn: MessageTurn,
  chat: SharedChat,
): Promise<readonly Reply[] | null> {
  const { kind } = recognize(turn.text);
  const isReset = kind === 'manual-reset';
  let noted: Noted = 'unrecorded';
  try {
    const because = isReset ? 'manual-reset-never' : 'only-in-personal-chat';
    const entries = refusalEntries(services, { by: turn.person, asked: kind, because, chat });
    noted = await note(services, arrivedHere(services, turn), entries);
    if (noted === 'repeated') return null;
    if (noted === 'recorded' && entries.length > 0 && !SMALL_TALK.includes(kind)) {
      services.background.run(
        'asking somebody to continue in their personal chat',
        continueThere(services, turn.person),
      );
    }
  } catch (error) {
    if (!isReset) return reply(apologize(services, error));
    services.log.error(
      { reference: report(services, error), code: codeOf(error) },
      'a refused manual reset could not be recorded',
    );
  }
  const code: AccessDenial = isReset ? 'manual-reset-in-a-group' : 'only-in-personal-chat';
  return reply(services.cards.refusal({ refusal: { code }, at: null, recorded: noted === 'recorded' }));
}

/** A message in a chat that others can read: how its sender can be reached is not remembered from there. */
function arrivedHere({ ledger, runtime }: TurnServices, { activityId }: MessageTurn): Arrived {
  return {
    async record(entries) {
      if (!(await ledger.firstSight(activityId, runtime.now()))) return false;
      if (entries.length > 0) await ledger.record(entries, runtime.now());
      return true;
    },
  };
}

/** Answers a click. Only the person who clicked sees the answer, but the card with the button was seen by everybody. */
export async function refuseClickHere(
  services: TurnServices,
  turn: ActionTurn,
  chat: SharedChat,
): Promise<ClickAnswer> {
  try {
    const action = readAction(turn.verb, turn.data);
    const asked = action.kind === 'forged' ? 'button' : action.kind;
    const at = 'caseId' in action ? await services.ledger.load(action.caseId) : null;
    const refused = { by: turn.person, asked, because: 'only-in-personal-chat', at, chat } as const;
    return await refuseClick(services, refused, { code: 'only-in-personal-chat' });
  } catch (error) {
    return { kind: 'show', cardMessage: apologize(services, error) };
  }
}

/** Only where there is a personal chat already: nobody gets the app installed because they wrote in a group. */
async function continueThere(services: TurnServices, person: PersonId): Promise<void> {
  const { ledger, outbox, cardsIn, runtime } = services;
  const chat = await ledger.conversationOf(person);
  if (chat === null) return;
  const card = cardsIn(chat.language).refusal({ refusal: { code: 'continue-here' }, at: null });
  const parties = { actor: 'hardline', about: person, intentId: runtime.newId() } as const;
  await ledger.record([entryOf('chat.continue.intent', parties, {})], runtime.now());
  const outcome = (await outbox.put(chat, null, card)) === null ? 'not delivered' : 'delivered';
  await ledger.record([entryOf('chat.continue.outcome', parties, { outcome })], runtime.now());
}
