/**
 * Messages to everybody in a role: the request to the approvers, and the alarm to the leads. Both go to the members of the group,
 * also to those who never wrote to the bot: the app is installed for them first, where it may be. What came of it is a figure for
 * the ledger, from which the technician's card is drawn.
 */
import type { Role } from '../../procedure/actions.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { PersonId, Reading } from '../../procedure/facts.ts';
import { rolesAsked, stillNeeded } from '../../procedure/second-persons.ts';
import type { NoticeCode } from '../ports/card-views.ts';
import type { Cards, DrawMessage } from '../ports/cards.ts';
import type { GroupMembers } from '../ports/directory.ts';
import type { Log } from '../ports/log.ts';
import type { CardPlace, Ledger, StoredCase } from '../ports/ledger.ts';
import type { CardMessages } from '../outbox/card-messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { reachedOutcome, unreadOutcome, type MembersOf } from '../outbox/role-members.ts';

/** What it needs. */
export interface OutreachParts {
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly cardMessages: CardMessages;
  readonly membersOf: MembersOf;
  readonly log: Log;
}

type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];

/** More than these are not written to at once: Teams slows down who writes to hundreds. */
const AT_ONCE = 20;
/** More than these are not written to at all. The figure counts them with those who were not reached. */
const AT_MOST = 100;

/** In which roles people are asked to decide on a case now; in none when nothing is asked. */
export function rolesAskedIn({ case: { state } }: StoredCase): readonly Role[] {
  return state.kind === 'awaiting-approval' ? rolesAsked(stillNeeded(state.needs, state.approvals)) : [];
}

/**
 * Who must not be asked to decide on a case, because they are a part of it: the technician, the caller, who vouched, and whoever has
 * approved already.
 */
export function involvedIn({ case: { technician, caller, state } }: StoredCase): ReadonlySet<PersonId> {
  const involved = new Set([technician, caller]);
  if (state.kind !== 'awaiting-approval') return involved;
  if (state.proof.kind === 'manager') involved.add(state.proof.manager);
  for (const { by } of state.approvals) involved.add(by);
  return involved;
}

/** Who of them is asked: all of them, those who have no card of the request yet, or one person, if they are one of them. */
type Asked = 'everybody' | 'those-without-a-card' | { readonly only: PersonId };

/**
 * Asks those who may still agree: approvers, leads, or both. Gives the outcome for the ledger: of how many of them how many have a
 * card of the request now.
 */
export async function askApprovers(parts: OutreachParts, stored: StoredCase, whom: Asked): Promise<string> {
  const { id } = stored.case;
  const approvers = await othersIn(parts, rolesAskedIn(stored), involvedIn(stored));
  if (approvers.kind !== 'read') return unread(parts, stored, 'a request for approval', approvers);
  const holders = whom === 'everybody' ? [] : await parts.ledger.requestCardsOf(id, 'approval');
  const without = approvers.value.people.filter((approver) => holders.every(({ person }) => person !== approver));
  const before = approvers.value.people.length - without.length;
  const rest = typeof whom === 'string' ? without : without.filter((approver) => approver === whom.only);
  const draw: DrawMessage = (cards) => parts.cardMessages.approvalRequest(cards, stored);
  const remember = (person: PersonId, place: CardPlace) =>
    parts.ledger.rememberRequestCard(id, 'approval', person, place);
  // One answer is enough, so the next twenty are asked only as long as nobody was reached.
  const reached = before + (await toEach(parts.outbox, rest, draw, { onDelivered: remember, until: 'one-reached' }));
  return figure(parts, stored, 'a request for approval', reached, approvers.value);
}

/**
 * Alarms the leads. The technician and the caller of the case do not count: an alarm about the two of them has to reach somebody
 * else. `notices`: what the bot could not do about it. Gives the outcome for the ledger.
 */
export async function alarmLeads(
  parts: OutreachParts,
  stored: StoredCase,
  alarm: Alarm,
  notices: readonly NoticeCode[],
): Promise<string> {
  const { technician, caller } = stored.case;
  const leads = await othersIn(parts, ['lead'], new Set([technician, caller]));
  if (leads.kind !== 'read') return unread(parts, stored, 'an alarm', leads);
  const draw: DrawMessage = (cards) => parts.cardMessages.alarm(cards, stored, alarm, notices);
  const reached = await toEach(parts.outbox, leads.value.people, draw);
  return figure(parts, stored, 'an alarm', reached, leads.value);
}

/** Those who could be written to. */
interface Others {
  readonly people: readonly PersonId[];
  readonly listed: GroupMembers['listed'];
}

/** Everybody in these roles, except for some people. */
export async function othersIn(
  { membersOf }: Pick<OutreachParts, 'membersOf'>,
  roles: readonly Role[],
  but: ReadonlySet<PersonId>,
): Promise<Reading<Others>> {
  const people = new Set<PersonId>();
  let listed: Others['listed'] = 'all';
  for (const members of await Promise.all(roles.map((role) => membersOf(role)))) {
    if (members.kind !== 'read') return members;
    if (members.value.listed !== 'all') ({ listed } = members.value);
    for (const { id } of members.value.people) people.add(id);
  }
  return { kind: 'read', value: { people: [...people].filter((person) => !but.has(person)), listed } };
}

/** That nobody knows of an alarm or a request is an error for whoever runs the bot. Codes and figures only. */
function figure(
  { log }: OutreachParts,
  { case: { id } }: StoredCase,
  what: string,
  reached: number,
  { people: { length: of }, listed }: Others,
): string {
  if (reached === 0) log.error({ case: id, reached, of }, `${what} reached nobody`);
  return reachedOutcome(reached, of, listed);
}

function unread(
  { log }: OutreachParts,
  { case: { id } }: StoredCase,
  what: string,
  { why }: Extract<Reading<unknown>, { kind: 'unread' }>,
): string {
  log.error({ case: id, why }, `${what} reached nobody, because the group could not be read`);
  return unreadOutcome(why);
}

/** Whether everybody gets the message, or the next twenty only as long as nobody was reached. */
interface ToEach {
  readonly until?: 'everybody-tried' | 'one-reached';
  readonly onDelivered?: (person: PersonId, place: CardPlace) => Promise<void>;
}

/**
 * Sends a message to each of these people, twenty at a time and to a hundred at most, drawn once for each language. Gives how many
 * got it.
 */
export async function toEach(
  outbox: Outbox,
  people: readonly PersonId[],
  draw: DrawMessage,
  { until = 'everybody-tried', onDelivered }: ToEach = {},
): Promise<number> {
  const drawn = new Map<Cards, ReturnType<DrawMessage>>();
  const onceForEachLanguage: DrawMessage = (cards) => {
    const message = drawn.get(cards) ?? draw(cards);
    drawn.set(cards, message);
    return message;
  };
  const write = async (person: PersonId): Promise<boolean> => {
    const delivery = await outbox.send(person, onceForEachLanguage);
    if (delivery.kind === 'delivered') await onDelivered?.(person, delivery.place);
    return delivery.kind === 'delivered';
  };
  const written = people.slice(0, AT_MOST);
  let reached = 0;
  for (let n = 0; n < written.length; n += AT_ONCE) {
    reached += (await Promise.all(written.slice(n, n + AT_ONCE).map(write))).filter(Boolean).length;
    if (until === 'one-reached' && reached > 0) break;
  }
  return reached;
}
