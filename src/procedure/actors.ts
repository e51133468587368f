/**
 * Who can cause an event: the actor of its button, or, for an event without a button, the row below.
 * An event that has neither does not compile, so nobody can add an event that everybody may cause by mistake.
 */
import { ACTIONS, type ActionActor, type Verb } from './actions.ts';
import type { Case } from './case.ts';
import type { CaseEvent, EventName } from './events.ts';
import type { PersonId } from './facts.ts';
import type { PlainRefusalCode } from './refusals.ts';

/** An event that a button causes. */
type ButtonEvent = NonNullable<(typeof ACTIONS)[Verb]['event']>;

/** Who causes an event: somebody with a part in the case, anybody at all, or the bot itself when it observes something. */
type EventActor = Exclude<ActionActor, 'any-technician' | 'helpdesk'> | 'anybody' | 'hardline';

/**
 * Events without a button. `unlisted`: what happens when a state has no row for the event. A report that arrives late leaves
 * the case unchanged; every other event is refused.
 */
const WITHOUT_BUTTON = {
  'manual-reset-asked': { actor: 'anybody', unlisted: 'refused' },
  'self-service-progressed': { actor: 'hardline', unlisted: 'unchanged' },
  'methods-seen': { actor: 'hardline', unlisted: 'unchanged' },
  'pass-created': { actor: 'hardline', unlisted: 'refused' },
  'pass-unseen': { actor: 'hardline', unlisted: 'refused' },
  'pass-refused': { actor: 'hardline', unlisted: 'refused' },
  'pass-unanswered': { actor: 'hardline', unlisted: 'refused' },
  'pass-found': { actor: 'hardline', unlisted: 'refused' },
  'no-pass-found': { actor: 'hardline', unlisted: 'unchanged' },
  'pass-deleted': { actor: 'hardline', unlisted: 'unchanged' },
  'pass-still-there': { actor: 'hardline', unlisted: 'unchanged' },
  'new-methods-read': { actor: 'hardline', unlisted: 'unchanged' },
  'pass-taken-back': { actor: 'lead', unlisted: 'unchanged' },
  'time-passed': { actor: 'hardline', unlisted: 'unchanged' },
} as const satisfies Readonly<
  Record<
    Exclude<EventName, ButtonEvent>,
    { readonly actor: 'anybody' | 'hardline' | 'lead'; readonly unlisted: 'refused' | 'unchanged' }
  >
>;

/** An event that no button causes. */
export type EventWithoutButton = keyof typeof WITHOUT_BUTTON;

/** The actor of every event that a button causes, from the table of actions. */
const BUTTON_ACTORS = Object.fromEntries(
  Object.values(ACTIONS).flatMap(({ event, actor }) => (event === null ? [] : [[event, actor]])),
) as Readonly<Record<ButtonEvent, Exclude<EventActor, 'anybody' | 'hardline'>>>;

/** Who can cause this event. */
export function actorOf(event: EventName): EventActor {
  return hasNoButton(event) ? WITHOUT_BUTTON[event].actor : BUTTON_ACTORS[event];
}

/** Whether the event is a report that may arrive late: where the table has no row for it, it changes nothing and is not refused. */
export function isOnlyAReport(event: CaseEvent): boolean {
  return isReadByTheBot(event) || (hasNoButton(event.kind) && WITHOUT_BUTTON[event.kind].unlisted === 'unchanged');
}

/** The bot reads the facts again by itself while some of them are missing. A click never has this sender: its person is a GUID. */
function isReadByTheBot(event: CaseEvent): boolean {
  return event.kind === 'snapshot-read-again' && event.by === 'hardline';
}

function hasNoButton(event: EventName): event is EventWithoutButton {
  return Object.hasOwn(WITHOUT_BUTTON, event);
}

/** The refusal for somebody who may not cause this event; `null` when they may. Roles were checked before (turns/access.ts). */
export function refusalOfActor(at: Case, event: CaseEvent): PlainRefusalCode | null {
  if (isReadByTheBot(event)) return null;
  const actor = actorOf(event.kind);
  if (actor === 'hardline' || actor === 'anybody') return null;
  if (event.kind === 'caller-objected' && isNoLongerManager(at, event)) return 'not-the-owner';
  return 'by' in event && event.by !== 'hardline' ? REFUSALS[actor](at, event.by) : 'not-your-case';
}

/** Whether somebody was told, as the manager, of a pass of this case, and the case is open: they may object to what they were told. */
const wasToldAsManager = ({ issued, state }: Case, person: PersonId): boolean =>
  state.kind !== 'closed' && issued?.managersTold.includes(person) === true;

/**
 * Whether somebody else is the manager by now. Where that cannot be read, the manager whom the case knows counts: their objection
 * takes a pass away, and a pass that is deleted by mistake costs a second call; one that survives costs an account.
 */
function isNoLongerManager(at: Case, { by, managerNow }: Extract<CaseEvent, { kind: 'caller-objected' }>): boolean {
  if (by === at.caller || wasToldAsManager(at, by)) return false;
  return managerNow.kind === 'read' && managerNow.value !== by;
}

/**
 * Whether somebody may answer as the manager: whoever was asked in this case, and where nobody was, the manager on record. Who is
 * on record now is looked at when the answer is weighed.
 */
function mayAnswerAsManager(at: Case, by: PersonId): boolean {
  if (at.managersAsked.includes(by)) return true;
  return by === (at.state.kind === 'awaiting-manager' ? at.state.manager : managerOf(at));
}

/** The manager on record. When they cannot be read, whoever the case asked or took the word of still counts as the manager. */
function managerOf({ facts: { manager }, state }: Case): PersonId | null {
  if (manager.kind === 'read') return manager.value;
  if (state.kind === 'awaiting-manager') return state.manager;
  return 'proof' in state && state.proof.kind === 'manager' ? state.proof.manager : null;
}

const REFUSALS: Readonly<
  Record<Exclude<EventActor, 'anybody' | 'hardline'>, (at: Case, by: PersonId) => PlainRefusalCode | null>
> = {
  // Whoever the case is about: taking back a pass is never wrong.
  lead: () => null,
  'case-technician': (at, by) => (by === at.technician ? null : 'not-your-case'),
  approver: (at, by) => {
    if (by === at.technician) return 'approver-is-the-requester';
    return by === at.caller ? 'approver-is-the-caller' : null;
  },
  manager: (at, by) => (mayAnswerAsManager(at, by) ? null : 'not-the-manager'),
  'account-owner': (at, by) =>
    by === at.caller || by === managerOf(at) || wasToldAsManager(at, by) ? null : 'not-the-owner',
};
