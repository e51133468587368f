/**
 * A technician who works one call as a person would: reads, thinks, presses, dials, reads the pass out. And the caller, who signs
 * in with the pass, registers two methods and resets the password, while the technician is on the next call already.
 */
import { codeOn, dataOf, readCard, type ReadCard } from '../../demo/stories/card-reading.ts';
import type { Member } from '../../demo/teams/members.ts';
import type { Teams } from '../../demo/teams/start.ts';
import type { RunningTenant } from '../../demo/tenant/start.ts';
import type { ChatLog } from './chat-log.ts';
import type { MeasuredCase } from './measured-case.ts';
import type { ScaledClock } from './scaled-clock.ts';

/** What a call needs. */
export interface CallParts {
  readonly tenant: RunningTenant;
  readonly teams: Teams;
  readonly chats: ChatLog;
  readonly clock: ScaledClock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Whether a card lacks a fact that is still to come. */
  readonly lacksSomething: (card: ReadCard) => boolean;
}

const SECOND = 1000;
/** How long a technician waits for something before they count as stuck. */
const PATIENCE_MS = 90 * SECOND;

/** Some time passes, between two numbers of seconds. */
function seconds({ clock, random }: CallParts, from: number, to: number): Promise<void> {
  return clock.sleep((from + random() * (to - from)) * SECOND);
}

/** Works one call from "NAME is locked out" to its end. */
export async function workCall(call: CallParts, technician: Member, caller: Member): Promise<MeasuredCase> {
  const { clock, random, teams, chats } = call;
  const measured: MeasuredCase = {
    ...{ caller: caller.id, technician: technician.id, firstCardMs: null, completeMs: null, issuePresses: 0 },
    ...{ unanswered: [], slowestClickMs: 0, end: 'stuck', stuckAt: null },
  };

  const before = new Set(teams.chats.seenBy(technician.id).map(({ id }) => id));
  const asked = clock.now();
  await teams.delivery.say(technician, `${caller.userPrincipalName} is locked out`);
  const card = teams.chats.seenBy(technician.id).find((one) => !before.has(one.id) && one.card !== null);
  if (card === undefined) return measured;
  measured.firstCardMs = card.at - asked;
  const message = card.id;
  const complete = chats
    .until(technician.id, message, (shown) => !call.lacksSomething(shown), clock.sleep(PATIENCE_MS))
    .then((version) => {
      measured.completeMs = version === null ? null : Math.max(0, version.at - asked);
    });

  const shown = (): ReadCard => {
    const now = teams.chats.seenBy(technician.id).find(({ id }) => id === message);
    return readCard(now?.card ?? {});
  };
  const press = async (
    verb: string,
    fill: Record<string, string> = {},
    wanted: Record<string, string> = {},
  ): Promise<boolean> => {
    const has = (one: ReadCard) =>
      one.buttons.find(
        (button) =>
          button.verb === verb && Object.entries(wanted).every(([name, value]) => button.data[name] === value),
      );
    if (has(shown()) === undefined) {
      await chats.until(technician.id, message, (one) => has(one) !== undefined, clock.sleep(PATIENCE_MS));
    }
    const button = has(shown());
    if (button === undefined) return false;
    const known = Object.entries(fill).filter(([name]) => button.inputs.some((input) => input.id === name));
    const data = dataOf(button, Object.fromEntries(known));
    const pressed = { type: 'Action.Execute', title: button.title, verb, id: button.id, data } as const;
    const began = clock.now();
    const result = await teams.delivery.press(technician, message, pressed);
    measured.slowestClickMs = Math.max(measured.slowestClickMs, clock.now() - began);
    if (result.answer !== 'card' && result.answer !== 'message') measured.unanswered.push(verb);
    return true;
  };
  const end = async (how: MeasuredCase['end']): Promise<MeasuredCase> => {
    measured.end = how;
    if (how === 'stuck') measured.stuckAt = shown().headline;
    await complete;
    return measured;
  };

  await seconds(call, 6, 15); // "Which of these do you have with you?"
  const kind = random();
  if (kind < 0.2) {
    const boxes = shown().inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
    if (!(await press('tick-methods', { atHand: boxes.map(({ value }) => value).join(',') }))) return end('stuck');
    void resetThemselves(call, caller);
    return end('link-pushed');
  }
  if (!(await press('tick-methods', { atHand: '' }))) return end('stuck');
  await seconds(call, 3, 8);
  if (kind < 0.25) {
    await press('abandon', { because: 'caller-hung-up' });
    return end('hung-up');
  }
  if (!(await press('choose-callback'))) return end('stuck');
  await seconds(call, 20, 45); // hanging up, dialing, ringing
  if (!(await press('record-callback', {}, { outcome: 'answered-by-caller' }))) return end('stuck');
  await seconds(call, 2, 5);
  let code: string | null = null;
  while (code === null && measured.issuePresses < 5) {
    measured.issuePresses += 1;
    if (!(await press('issue-pass'))) return end('stuck');
    code = codeOn(teams.chats.seenBy(technician.id).find(({ id }) => id === message)?.card ?? null);
    if (code === null) await seconds(call, 3, 6);
  }
  if (code === null) return end('stuck');
  await seconds(call, 10, 20); // reading it out
  await press('pass-read-out');
  void signInAndRegister(call, caller, code);
  return end('pass-read-out');
}

async function signInAndRegister(call: CallParts, caller: Member, pass: string): Promise<void> {
  const { tenant } = call;
  await seconds(call, 15, 40);
  if (!tenant.control.signIn({ upn: caller.userPrincipalName, pass }).signedIn) return;
  await seconds(call, 20, 40);
  tenant.control.registerMethod({ user: caller.id, method: { kind: 'softwareOath' } });
  await seconds(call, 10, 30);
  tenant.control.registerMethod({
    user: caller.id,
    method: { kind: 'email', emailAddress: `${caller.id}@home.example` },
  });
  await resetThemselves(call, caller);
}

async function resetThemselves(call: CallParts, caller: Member): Promise<void> {
  await seconds(call, 30, 90);
  call.tenant.control.selfService({ user: caller.id, outcome: 'success' });
}
