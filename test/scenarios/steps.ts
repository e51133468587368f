/** The steps many scenarios begin with, and small ways to look at what people see. */
import { readCard, type ReadCard } from '../../demo/stories/card-reading.ts';
import type { Member } from '../../demo/teams/members.ts';
import type { RecordedEntry } from '../../src/casework/ports.ts';
import { LENA, TESS, type Helpdesk } from './helpdesk.ts';

/** A technician opens a case; nothing is at hand, so a proof is needed. */
export async function toProof(desk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await desk.says(technician, `${caller.userPrincipalName} is locked out`);
  await desk.presses(technician, 'tick-methods', { atHand: '' });
}

/** The caller stands in front of the technician: a second person must agree. */
export async function askApproval(desk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await toProof(desk, caller, technician);
  await desk.presses(technician, 'seen-in-person', { place: 'Reception' });
}

/** Called back on a number on record: ready to issue where no risk stands. */
export async function callBack(desk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await toProof(desk, caller, technician);
  await desk.presses(technician, 'choose-callback');
  await desk.presses(technician, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
}

/** From the call to a pass that was read out. */
export async function issueByCallback(desk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await callBack(desk, caller, technician);
  await desk.presses(technician, 'issue-pass');
  await desk.presses(technician, 'pass-read-out');
}

/** Decides the newest request in an approver's chat. */
export function decide(
  desk: Helpdesk,
  who: Member,
  decision: 'approve' | 'deny',
  reason = 'I see both of them from here',
): Promise<ReadCard> {
  return desk.presses(who, 'decide-approval', { reason }, { with: { decision } });
}

/** Presses a button that is not on any card of theirs, with data from elsewhere; gives the card that comes back. */
export async function forge(desk: Helpdesk, who: Member, verb: string, data: object): Promise<ReadCard> {
  const last = desk.messages(who).findLast((message) => message.from === 'bot' && message.card !== null);
  if (last === undefined) throw new Error(`${who.name} has no card`);
  const button = { type: 'Action.Execute', title: '', verb, id: null, data: { ...data } } as const;
  await desk.teams.delivery.press(who, last.id, button);
  const answered = readCard(desk.messages(who).find(({ id }) => id === last.id)?.card ?? {});
  await desk.bot().settled();
  return answered;
}

/** The data of the newest button with this verb that a person sees. */
export function buttonData(desk: Helpdesk, who: Member, verb: string): Readonly<Record<string, unknown>> {
  for (const card of cards(desk, who).toReversed()) {
    const button = card.buttons.find((one) => one.verb === verb);
    if (button !== undefined) return button.data;
  }
  throw new Error(`${who.name} has no button ${verb}`);
}

/** All cards a person sees now, oldest first. */
export function cards(desk: Helpdesk, who: Member): readonly ReadCard[] {
  return desk.messages(who).flatMap(({ card, deleted }) => (card === null || deleted ? [] : [readCard(card)]));
}

/** Headlines of the cards a person sees now. */
export function headlines(desk: Helpdesk, who: Member): readonly string[] {
  return cards(desk, who).map((card) => card.headline);
}

/** Whether a person sees a button anywhere. */
export function sees(desk: Helpdesk, who: Member, verb: string): boolean {
  return cards(desk, who).some((card) => card.buttons.some((button) => button.verb === verb));
}

/** Everything on a card, as one text. */
export function words(card: ReadCard): string {
  return [card.headline, ...card.lines].join('\n');
}

/** Entries with a code, newest first. */
export async function written(desk: Helpdesk, code: string): Promise<readonly RecordedEntry[]> {
  return (await desk.ledger()).filter((entry) => entry.code === code);
}

/** Where the newest case stands, by its newest entry that moved it. */
export async function standsAt(desk: Helpdesk): Promise<unknown> {
  return (await desk.ledger()).find((entry) => entry.detail['to'] !== undefined)?.detail['to'];
}
