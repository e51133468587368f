/** The steps many scenarios begin with, and small ways to look at what people see. */
import { readCard, type ReadCard } from '../../demo/stories/card-reading.ts';
import type { Member } from '../../demo/teams/members.ts';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import { LENA, TESS, type Helpdesk } from './helpdesk.ts';

/** How long a callback takes at least, and a little more, in minutes. */
export const A_CALL = 0.5;

/** A technician opens a case; nothing is at hand, so a proof is needed. */
export async function toProof(helpdesk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await helpdesk.says(technician, `${caller.userPrincipalName} is locked out`);
  await helpdesk.presses(technician, 'tick-methods', { atHand: '' });
}

/** The caller stands in front of the technician: a second person must agree. */
export async function askApproval(helpdesk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await toProof(helpdesk, caller, technician);
  await helpdesk.presses(technician, 'seen-in-person', { place: 'Reception' });
}

/** Called back on a number on record: ready to issue where no risk stands. */
export async function callBack(helpdesk: Helpdesk, caller: Member = LENA, technician: Member = TESS): Promise<void> {
  await toProof(helpdesk, caller, technician);
  await helpdesk.presses(technician, 'choose-callback');
  helpdesk.pass(A_CALL);
  await helpdesk.presses(technician, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
}

/** From the call to a pass that was read out. */
export async function issueByCallback(
  helpdesk: Helpdesk,
  caller: Member = LENA,
  technician: Member = TESS,
): Promise<void> {
  await callBack(helpdesk, caller, technician);
  await helpdesk.presses(technician, 'issue-pass');
  await helpdesk.presses(technician, 'pass-read-out');
}

/** A minute later the bot looks a second time whether a deleted pass is gone. */
export async function secondLook(helpdesk: Helpdesk): Promise<void> {
  helpdesk.pass(1.1);
  await helpdesk.tick();
}

/** Somebody who did not have the app installs it. */
export async function getsTheApp(helpdesk: Helpdesk, who: Member): Promise<void> {
  await helpdesk.teams.installForAll();
  const body = JSON.stringify({ action: 'add' });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${helpdesk.teams.origin}/teams/chats/${who.id}/installation`, { method: 'POST', headers, body });
  await helpdesk.bot().whenIdle();
}

/** Decides the newest request in an approver's chat. */
export function decide(
  helpdesk: Helpdesk,
  who: Member,
  decision: 'approve' | 'deny',
  reason = 'I see both of them from here',
): Promise<ReadCard> {
  return helpdesk.presses(who, 'decide-approval', { reason }, { with: { decision } });
}

/** Presses a button that is not on any card of theirs, with data from elsewhere; gives the card that comes back. */
export async function forge(helpdesk: Helpdesk, who: Member, verb: string, data: object): Promise<ReadCard> {
  const last = helpdesk.messages(who).findLast((message) => message.from === 'bot' && message.card !== null);
  if (last === undefined) throw new Error(`${who.name} has no card`);
  const button = { type: 'Action.Execute', title: '', verb, id: null, data: { ...data } } as const;
  await helpdesk.teams.delivery.press(who, last.id, button);
  const answered = readCard(helpdesk.messages(who).find(({ id }) => id === last.id)?.card ?? {});
  await helpdesk.bot().whenIdle();
  return answered;
}

/** The data of the newest button with this verb that a person sees. */
export function buttonData(helpdesk: Helpdesk, who: Member, verb: string): Readonly<Record<string, unknown>> {
  for (const card of cards(helpdesk, who).toReversed()) {
    const button = card.buttons.find((one) => one.verb === verb);
    if (button !== undefined) return button.data;
  }
  throw new Error(`${who.name} has no button ${verb}`);
}

/** All cards a person sees now, oldest first. */
export function cards(helpdesk: Helpdesk, who: Member): readonly ReadCard[] {
  return helpdesk.messages(who).flatMap(({ card, deleted }) => (card === null || deleted ? [] : [readCard(card)]));
}

/** Headlines of the cards a person sees now. */
export function headlines(helpdesk: Helpdesk, who: Member): readonly string[] {
  return cards(helpdesk, who).map((card) => card.headline);
}

/** Whether a person sees a button anywhere. */
export function sees(helpdesk: Helpdesk, who: Member, verb: string): boolean {
  return cards(helpdesk, who).some((card) => card.buttons.some((button) => button.verb === verb));
}

/** Everything on a card, as one text. */
export function words(card: ReadCard): string {
  return [card.headline, ...card.lines].join('\n');
}

/** Entries with a code, newest first. */
export async function written(helpdesk: Helpdesk, code: string): Promise<readonly RecordedEntry[]> {
  return (await helpdesk.ledger()).filter((entry) => entry.code === code);
}

/** Where the newest case stands, by its newest entry that moved it. */
export async function standsAt(helpdesk: Helpdesk): Promise<unknown> {
  return (await helpdesk.ledger()).find((entry) => entry.detail['to'] !== undefined)?.detail['to'];
}
