/**
 * Two ways to drive the same helpdesk: through the cards people really got, and for most runs as events straight to the
 * steps behind them. Both end in the same casework and the same ledger.
 */
import { UNHURRIED } from '../unhurried.ts';
import { readCard, dataOf, type Button } from '../../demo/stories/card-reading.ts';
import { advance } from '../../src/casework/steps/advance.ts';
import { issuePass } from '../../src/casework/steps/issue-pass.ts';
import { recordObjection } from '../../src/casework/steps/objections.ts';
import { openCaseAbout } from '../../src/casework/steps/open-case.ts';
import { arrivedByClick } from '../../src/casework/turns/arrivals.ts';
import { readFacts } from '../../src/casework/steps/read-facts.ts';
import { denialOfAction, denialOfIntent, needsFreshRoles } from '../../src/casework/turns/access.ts';
import { managerQuestion } from '../../src/procedure/decide-proof.ts';
import { isAt } from '../../src/procedure/lockout.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import { filling, type Harness } from '../casework/harness.ts';
import type { Message } from '../casework/chats-in-memory.ts';
import type { Act, CaseVerb } from './commands.ts';
import { NAMES } from '../casework/fixtures.ts';

/** How a random run acts. `on` is the case the act is about. */
export interface Driver {
  open(harness: Harness, by: PersonId, caller: PersonId): Promise<void>;
  act(harness: Harness, act: Act, on: CaseId): Promise<void>;
}

const OUTCOMES = [
  'answered-by-caller',
  'answered-by-caller',
  'answered-by-someone-else',
  'voicemail',
  'nobody',
] as const;

/** Everything through messages and clicks, with the data of buttons that stand on cards. */
export const byCards: Driver = {
  async open(harness, by, caller) {
    await harness.says(by, `${NAMES.get(caller) ?? 'nobody'} is locked out`);
  },
  async act(harness, act, on) {
    const held = await buttonFor(harness, act, on);
    const [data, message] = held ?? [await copied(harness, act, on), null];
    const press = () => harness.sends(act.by, act.verb, data, message);
    await (act.twice ? Promise.all([press(), press()]) : press());
  },
};

async function buttonFor(harness: Harness, act: Act, on: CaseId): Promise<readonly [unknown, Message] | null> {
  for (const message of harness.chats.of(act.by).toReversed()) {
    const cards = act.old ? [...message.earlier, message.card] : [message.card];
    for (const card of cards) {
      const buttons = readCard(card).buttons.filter((one) => one.verb === act.verb && one.data['case'] === on);
      const button = chosen(buttons, act);
      if (button === undefined) continue;
      const given = {
        atHand: act.choice % 6 === 5 ? 'app,mobile' : '',
        reason: act.choice % 4 === 3 ? '' : 'known voice',
      };
      const filled = filling(button, given);
      if (button.inputs.some(({ id, required }) => required && filled[id] === '')) return null;
      return [dataOf(button, filled), message];
    }
  }
  return null;
}

/** Natural acts carry an even choice: the first button that helps the caller on. */
function chosen(buttons: readonly Button[], act: Act): Button | undefined {
  const wanted: Partial<Record<CaseVerb, (button: Button) => boolean>> = {
    'record-callback': (button) => button.data['outcome'] === OUTCOMES[act.choice % OUTCOMES.length],
    'decide-approval': (button) => (button.data['decision'] === 'approve') === (act.choice % 3 !== 2),
    'manager-answer': (button) => (button.data['speaking'] === 'yes') === (act.choice % 3 !== 2),
  };
  return buttons.find(wanted[act.verb] ?? (() => true)) ?? buttons[0];
}

/** Somebody who holds no such card sends what they saw or guessed. */
async function copied(harness: Harness, act: Act, on: CaseId): Promise<Record<string, unknown>> {
  const stored = await harness.ledger().load(on);
  const data = { case: on, v: (stored?.version ?? 1) - (act.old ? 1 : 0) };
  const more: Partial<Record<CaseVerb, Record<string, unknown>>> = {
    'record-callback': { outcome: 'answered-by-caller' },
    'choose-callback': { number: 'office', shown: 'guessed' },
    'seen-in-person': { place: 'Reception' },
    'manager-answer': { speaking: 'yes', question: 'guessed' },
    'decide-approval': { decision: 'approve', reason: 'sure', subject: 'guessed' },
    escalate: { because: 'technician-unsure' },
    abandon: { because: 'caller-hung-up' },
  };
  return { ...data, ...more[act.verb] };
}

/** The same acts as events: advance and issuePass, as a click calls them, without messages and cards. */
export const byEvents: Driver = {
  async open(harness, by, caller) {
    const { services } = harness.built();
    if (denialOfIntent(await services.rolesOf(by), 'open-case') === null)
      await openCaseAbout(services.opening, { technician: by, caller, arrived: arrivedByClick(services) });
  },
  async act(harness, act, on) {
    const press = () => pressAsEvent(harness, act, on);
    await (act.twice ? Promise.all([press(), press()]) : press());
  },
};

async function pressAsEvent(harness: Harness, act: Act, on: CaseId): Promise<void> {
  const { services } = harness.built();
  const stored = await harness.ledger().load(on);
  if (stored === null || act.verb === 'pass-read-out') return;
  const { by, verb } = act;
  const roles = await services.rolesOf(by, { fresh: needsFreshRoles(verb) });
  if (denialOfAction(roles, verb) !== null) return;
  if (verb === 'issue-pass') {
    if (by !== stored.case.technician) return;
    const issued = await issuePass(services.issuing, stored, by, UNHURRIED);
    const code = issued.kind === 'shown' ? issued.secret.reveal() : null;
    if (code !== null) harness.shown.push({ code, to: by });
    return;
  }
  if (verb === 'not-me') {
    await recordObjection(services, stored, by);
    return;
  }
  const result = await advance(services.issuing, stored, await eventOf(harness, { ...act, verb }, stored), by);
  if (result.kind === 'moved' || result.kind === 'unchanged') services.runCase.later(result.stored, result.intended);
}

type PlainVerb = Exclude<CaseVerb, 'issue-pass' | 'pass-read-out' | 'not-me'>;

async function eventOf(
  harness: Harness,
  act: Act & { readonly verb: PlainVerb },
  stored: StoredCase,
): Promise<CaseEvent> {
  const { by, choice } = act;
  const { services } = harness.built();
  const { state, caller, id } = stored.case;
  switch (act.verb) {
    case 'tick-methods':
      return { kind: 'methods-ticked', by, atHand: choice % 6 === 5 ? ['app', 'mobile'] : [] };
    case 'go-back':
      return { kind: 'went-back', by };
    case 'choose-callback':
      return { kind: 'callback-chosen', by, numberRef: 'office' };
    case 'record-callback':
      return { kind: 'callback-recorded', by, outcome: OUTCOMES[choice % OUTCOMES.length] ?? 'nobody' };
    case 'seen-in-person':
      return { kind: 'seen-in-person', by, place: 'Reception' };
    case 'ask-manager':
      return { kind: 'manager-asked', by, facts: stored.case.facts };
    case 'manager-answer':
      return {
        kind: 'manager-answered',
        by,
        speakingNow: choice % 3 !== 2,
        question: isAt(stored.case, 'awaiting-manager') && !act.old ? managerQuestion(stored.case) : '',
        facts: stored.case.facts,
      };
    case 'decide-approval': {
      const subject = state.kind === 'awaiting-approval' && !act.old ? state.subject : 'another';
      return {
        kind: 'approval-decided',
        by,
        roles: ['approver'],
        approved: choice % 3 !== 2,
        subject,
        reasonGiven: choice % 4 !== 3,
      };
    }
    case 'withdraw-pass':
      return { kind: 'withdraw-pressed', by };
    case 'escalate':
      return { kind: 'escalated', by, because: 'technician-unsure' };
    case 'abandon':
      return { kind: 'abandoned', by, because: 'caller-hung-up' };
    case 'done':
      return { kind: 'done-pressed', by };
    case 'read-again':
      return {
        kind: 'snapshot-read-again',
        by,
        facts: await readFacts(services.opening, { technician: by, caller, caseId: id }),
      };
  }
}
