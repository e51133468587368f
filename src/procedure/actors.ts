/**
 * Who can cause an event. Every event has exactly one answer here: the actor of its button, or a row below.
 * An event with neither does not compile, so nobody can add one that anybody may fire.
 */
import { ACTIONS, type ActionActor, type Verb } from './actions.ts';
import type { Case } from './case.ts';
import type { CaseEvent, EventName } from './events.ts';
import type { PersonId } from './facts.ts';
import type { RefusalCode } from './refusals.ts';

/** An event that a button causes. */
export type PressedEvent = NonNullable<(typeof ACTIONS)[Verb]['event']>;

/** Who causes an event: somebody in a relation to the case, anybody at all, or the bot by what it saw. */
export type EventActor = Exclude<ActionActor, 'any-technician' | 'helpdesk'> | 'anybody' | 'hardline';

/**
 * Events without a button. `elsewhere`: what the event means in a state whose row does not name it. A report that comes
 * late changes nothing; everything else is refused.
 */
const WITHOUT_BUTTON = {
  'manual-reset-asked': { actor: 'anybody', elsewhere: 'refused' },
  'self-service-progressed': { actor: 'hardline', elsewhere: 'unchanged' },
  'methods-seen': { actor: 'hardline', elsewhere: 'unchanged' },
  'pass-created': { actor: 'hardline', elsewhere: 'refused' },
  'pass-refused': { actor: 'hardline', elsewhere: 'refused' },
  'pass-unanswered': { actor: 'hardline', elsewhere: 'refused' },
  'pass-found': { actor: 'hardline', elsewhere: 'refused' },
  'no-pass-found': { actor: 'hardline', elsewhere: 'unchanged' },
  'pass-deleted': { actor: 'hardline', elsewhere: 'unchanged' },
  'time-passed': { actor: 'hardline', elsewhere: 'unchanged' },
} as const satisfies Readonly<
  Record<
    Exclude<EventName, PressedEvent>,
    { readonly actor: 'anybody' | 'hardline'; readonly elsewhere: 'refused' | 'unchanged' }
  >
>;

/** An event that no button causes. */
export type UnpressedEvent = keyof typeof WITHOUT_BUTTON;

/** The actor of every event a button causes, from the table of actions. */
const OF_BUTTONS = Object.fromEntries(
  Object.values(ACTIONS).flatMap(({ event, actor }) => (event === null ? [] : [[event, actor]])),
) as Readonly<Record<PressedEvent, Exclude<EventActor, 'anybody' | 'hardline'>>>;

/** Who can cause this event. */
export function actorOf(event: EventName): EventActor {
  return hasNoButton(event) ? WITHOUT_BUTTON[event].actor : OF_BUTTONS[event];
}

/** Whether the event means nothing, rather than something forbidden, where the table has no row for it. */
export function isOnlyAReport(event: EventName): boolean {
  return hasNoButton(event) && WITHOUT_BUTTON[event].elsewhere === 'unchanged';
}

function hasNoButton(event: EventName): event is UnpressedEvent {
  return Object.hasOwn(WITHOUT_BUTTON, event);
}

/** The refusal for whoever is not the actor of the event; `null` when they are. Roles are checked before, outside. */
export function refusalOfActor(at: Case, event: CaseEvent): RefusalCode | null {
  const actor = actorOf(event.kind);
  if (actor === 'hardline' || actor === 'anybody') return null;
  return 'by' in event ? REFUSALS[actor](at, event.by) : 'not-your-case';
}

const managerOf = ({ facts: { manager } }: Case): PersonId | null => (manager.kind === 'read' ? manager.value : null);

const REFUSALS: Readonly<
  Record<Exclude<EventActor, 'anybody' | 'hardline'>, (at: Case, by: PersonId) => RefusalCode | null>
> = {
  'case-technician': (at, by) => (by === at.technician ? null : 'not-your-case'),
  approver: (at, by) => {
    if (by === at.technician) return 'approver-is-the-requester';
    return by === at.caller ? 'approver-is-the-caller' : null;
  },
  manager: (at, by) => (by === managerOf(at) ? null : 'not-the-manager'),
  'account-owner': (at, by) => (by === at.caller || by === managerOf(at) ? null : 'not-the-owner'),
};
