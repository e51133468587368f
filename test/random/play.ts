/** Plays a random day, lets it come to its end, and checks what must hold. */
import type { CaseId } from '../../src/procedure/case.ts';
import type { CallerFacts, PersonId } from '../../src/procedure/facts.ts';
import type { Harness } from '../casework/harness.ts';
import { A_CALL } from '../casework/take-case-to.ts';
import type { Act, Command, Deed, Truth } from './commands.ts';
import type { Driver } from './drivers.ts';
import { checkEnd, checkSettled, nothingSeen, standGuard, type Seen } from './invariants.ts';
import { ABEL, ADA, NAMES, privileged, registers, TOM } from '../casework/fixtures.ts';

/**
 * Longer than anything the bot does: nothing may be under way then, as nothing would be in life. A minute or three may
 * pass in the middle of an order, as on a machine that slept: its answer comes when the case counts it as lost.
 */
const LEAP_MINUTES = 4;

/** Plays a random day to its end. Throws when something that must hold does not. */
export async function play(harness: Harness, driver: Driver, commands: readonly Command[]): Promise<void> {
  const seen = nothingSeen();
  standGuard(harness, seen);
  const inTheAir = new Set<Promise<void>>();
  const landed = async (): Promise<void> => {
    await Promise.all(inTheAir);
    await harness.whenIdle();
  };
  for (const { deed, hurry } of commands) {
    if (isQuiet(deed)) await landed();
    const crash = deed.kind === 'restart' && deed.how === 'crash';
    if (crash) {
      // The process dies with them; what they would have said is lost.
      for (const lost of inTheAir) lost.catch(() => undefined);
      inTheAir.clear();
    }
    const run = perform(harness, driver, seen, deed).finally(() => inTheAir.delete(run));
    inTheAir.add(run);
    if (!hurry || isQuiet(deed) || crash) await run;
    if (!hurry) await harness.whenIdle();
  }
  await landed();
  await windDown(harness, seen);
}

/** What does not happen in the middle of a click: the directory itself changes, or hours go by. */
function isQuiet(deed: Deed): boolean {
  if (deed.kind === 'time') return deed.minutes > LEAP_MINUTES;
  return (
    deed.kind === 'truth' ||
    deed.kind === 'leaves' ||
    deed.kind === 'mode' ||
    (deed.kind === 'restart' && deed.how === 'in-order')
  );
}

/** Everything answers again, time goes by, and what must hold at the end is checked. */
export async function windDown(harness: Harness, seen: Seen): Promise<void> {
  const { fixtures } = harness;
  Object.assign(fixtures, { creation: 'created', deletion: 'gone', passReadable: true, graphTakes: 1 });
  for (const minutes of [0, 1.2, 1.2]) {
    if (await isDoubtful(harness)) await lookAfter(harness, minutes);
  }
  await checkSettled(harness, seen);
  for (let round = 0; round < MOST_ROUNDS && (await isUnfinished(harness)); round += 1) await lookAfter(harness, 61);
  await checkEnd(harness);
}

/** Every case runs out within a few of them. */
const MOST_ROUNDS = 6;

/** A pass is alive, or an order has no answer yet. */
async function isDoubtful(harness: Harness): Promise<boolean> {
  const { passes, now } = harness.fixtures;
  if ([...passes.values()].some((pass) => pass.usableUntil > now)) return true;
  const open = await harness.ledger().openCases();
  return open.some(({ case: { state } }) => state.kind === 'issuing' || state.kind === 'uncertain-pass');
}

async function isUnfinished(harness: Harness): Promise<boolean> {
  const { intents, outcomes } = harness.auditLog;
  const unsettled = [...intents.keys()].some((intent) => !outcomes.has(intent));
  return unsettled || (await harness.ledger().openCases()).length > 0;
}

async function lookAfter(harness: Harness, minutes: number): Promise<void> {
  harness.passes(minutes);
  await harness.tick();
  await harness.whenIdle();
}

async function perform(harness: Harness, driver: Driver, seen: Seen, deed: Deed): Promise<void> {
  const { fixtures } = harness;
  switch (deed.kind) {
    case 'open':
      return driver.open(harness, deed.by, deed.caller);
    case 'manual-reset':
      return harness.says(deed.by, `reset the password of ${NAMES.get(deed.caller) ?? ''}`);
    case 'natural':
      return natural(harness, driver, seen, deed);
    case 'act': {
      const on = caseAt(harness, deed.pick);
      return on === null ? undefined : act(harness, driver, seen, deed, on);
    }
    case 'mode': {
      await harness.says(deed.by, deed.mode === 'normal' ? 'mode normal' : `${deed.mode} on strange calls`);
      const { mode } = harness.built().services.modes.current();
      seen.lockdown = mode === 'lockdown';
      seen.elevated = mode !== 'normal';
      return;
    }
    case 'time':
      harness.passes(deed.minutes);
      return;
    case 'tick':
      return harness.tick();
    case 'restart':
      return harness.restart(deed.how);
    case 'graph':
      Object.assign(fixtures, { creation: deed.creation, deletion: deed.deletion, graphTakes: deed.takes });
      return;
    case 'truth':
      fixtures.facts.set(deed.about, FACTS_WHEN[deed.truth]);
      return;
    case 'leaves':
      if (deed.back) fixtures.roles.get(deed.who)?.add('approver');
      else fixtures.roles.get(deed.who)?.delete('approver');
      return;
    case 'away':
      if (!fixtures.away.delete(deed.who)) fixtures.away.add(deed.who);
  }
}

const unread = { kind: 'unread', why: 'timeout' } as const;
const groups = { inRoleAssignableGroup: false, inProtectedGroup: false };
const FACTS_WHEN: Readonly<Record<Truth, Partial<CallerFacts>>> = {
  calm: {},
  vip: { groups: { kind: 'read', value: { ...groups, inVipGroup: true, inHelpdeskGroup: false } } },
  'medium-risk': { risk: { kind: 'read', value: { level: 'medium', confirmedCompromised: false } } },
  'high-risk': { risk: { kind: 'read', value: { level: 'high', confirmedCompromised: false } } },
  privileged: privileged(),
  'number-changed': { numbers: { kind: 'read', value: [] } },
  'no-manager': { manager: { kind: 'read', value: null } },
  unread: { activeRoles: unread, risk: unread },
};

/** A click; what it promised holds once it is answered. */
async function act(harness: Harness, driver: Driver, seen: Seen, deed: Act, on: CaseId): Promise<void> {
  await driver.act(harness, deed, on);
  for (const entry of harness.auditLog.kept) {
    if (entry.code === 'case.caller-objected' && entry.about !== null) seen.objections.set(entry.about, entry.at);
  }
}

/** The cases of this day, the newest first. */
function caseAt(harness: Harness, pick: number): CaseId | null {
  const opened = harness.auditLog.kept.filter((entry) => entry.code === 'case.opened').toReversed();
  return opened[pick % Math.max(1, opened.length)]?.caseId ?? null;
}

/** What usually comes next where a case stands. */
async function natural(
  harness: Harness,
  driver: Driver,
  seen: Seen,
  deed: Extract<Deed, { kind: 'natural' }>,
): Promise<void> {
  const { fixtures } = harness;
  const on = caseAt(harness, deed.pick);
  const stored = on === null ? null : await harness.ledger().load(on);
  if (on === null || stored === null) return;
  const { technician, caller, state } = stored.case;
  const press = (verb: Act['verb'], by: PersonId = technician, choice = 0): Promise<void> =>
    act(harness, driver, seen, { ...deed, kind: 'act', verb, by, choice, old: false }, on);
  switch (state.kind) {
    case 'asking-methods':
      return press('tick-methods', technician, deed.choice === 11 ? 5 : 0);
    case 'choosing-proof':
      return press(deed.choice < 7 ? 'choose-callback' : deed.choice < 10 ? 'seen-in-person' : 'ask-manager');
    case 'awaiting-callback':
      harness.passes(A_CALL);
      return press('record-callback');
    case 'awaiting-manager':
      return press('manager-answer', state.manager);
    case 'awaiting-approval':
      return press('decide-approval', [ADA, ABEL, TOM, ADA][deed.choice % 4], deed.choice > 8 ? 2 : 0);
    case 'ready-to-issue':
      return press('issue-pass');
    case 'awaiting-backup-method':
      registers(fixtures, caller, deed.choice % 2 === 0 ? 'email' : 'software-token');
      return deed.choice > 8 ? press(deed.choice === 9 ? 'withdraw-pass' : 'done') : harness.tick();
    case 'awaiting-self-service': {
      const step = deed.choice % 4 === 3 ? 'failed' : 'succeeded';
      fixtures.progress.push({ about: caller, progress: { step, reason: null, at: fixtures.now } });
      return harness.tick();
    }
    case 'closed':
      return driver.open(harness, technician, caller);
    default:
      return harness.tick();
  }
}
