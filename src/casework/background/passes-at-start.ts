/**
 * At the start: somebody who got a pass through Hardline may have another one by now that no case explains, created while the bot
 * was stopped or before the ledger lost its newest entries. Every caller of an order of the last 30 days is looked at once, beside
 * the work, and the leads hear of what is found. Callers of open cases are looked at by their cases.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import { effectCode } from '../ports/ledger-codes.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import { intentEntry } from '../steps/entries.ts';
import { runEffects, type EffectParts } from '../steps/run-effects.ts';

/** The longest lifetime that Microsoft allows for a pass. */
const LONGEST_PASS_MS = 30 * 24 * 3_600_000;

const ALARM: Extract<Effect, { kind: 'alarm-leads' }> = { kind: 'alarm-leads', alarm: 'foreign-pass' };

/** What became of the look. */
export interface PassesAtStart {
  /** Callers whose pass could be read, and callers whose pass could not. */
  readonly looked: number;
  readonly unread: number;
  /** Cases whose caller has a pass that no case explains. */
  readonly found: readonly CaseId[];
}

/** Looks once. Throws Fault when the ledger fails. */
export async function lookForPassesAtStart(parts: EffectParts): Promise<PassesAtStart> {
  const since = (parts.runtime.now() - LONGEST_PASS_MS) as Instant;
  const orders = await parts.ledger.entriesSince([effectCode('create-pass', 'intent')], since);
  const casesOf = new Map<PersonId, readonly CaseId[]>();
  for (const { about, caseId } of orders) {
    if (about !== null && caseId !== null) casesOf.set(about, [...(casesOf.get(about) ?? []), caseId]);
  }
  let [looked, unread] = [0, 0];
  const found: CaseId[] = [];
  for (const [caller, ids] of casesOf) {
    if ((await parts.ledger.openCaseOf(caller)) !== null) continue;
    const pass = await parts.directory.readPass(caller);
    if (pass.kind !== 'read') {
      unread += 1;
      continue;
    }
    looked += 1;
    if (pass.value?.alive !== true) continue;
    const theirs = await loadAll(parts, ids);
    const newest = theirs.at(-1);
    const { passId, createdAt } = pass.value;
    if (newest === undefined || theirs.some(({ case: { issued } }) => issued?.passIds.includes(passId) === true))
      continue;
    found.push(newest.case.id);
    if (!(await isAlarmed(parts, newest, createdAt))) await alarm(parts, newest);
  }
  return { looked, unread, found };
}

/** Says in the log what was found, and what could not be read. */
export function reportPasses(log: Log): (outcome: PassesAtStart) => void {
  return ({ looked, unread, found }) => {
    if (found.length > 0) log.error({ cases: found.join(), looked }, 'a caller has a pass that no case explains');
    if (unread > 0) log.warn({ unread, looked }, 'the passes of some callers could not be read at the start');
  };
}

/** A case whose data were erased is not there any more. */
async function loadAll({ ledger }: EffectParts, ids: readonly CaseId[]): Promise<readonly StoredCase[]> {
  const cases = await Promise.all([...new Set(ids)].map((id) => ledger.load(id)));
  return cases.filter((stored) => stored !== null);
}

/** One alarm for each pass, also when the bot is started often. */
async function isAlarmed({ ledger }: EffectParts, { case: { id } }: StoredCase, createdAt: Instant): Promise<boolean> {
  const alarms = await ledger.entriesSince([effectCode('alarm-leads', 'intent')], createdAt);
  return alarms.some(({ caseId, detail }) => caseId === id && detail['alarm'] === ALARM.alarm);
}

async function alarm(parts: EffectParts, stored: StoredCase): Promise<void> {
  const intended = { effect: ALARM, intentId: parts.runtime.newId() };
  await parts.ledger.record([intentEntry(stored.case, intended)], parts.runtime.now());
  await runEffects(parts, stored, [intended]);
}
