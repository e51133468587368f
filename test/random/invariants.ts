/**
 * What must hold at every moment, and after every random run. The rules are written down here once more, apart from the procedure:
 * what the procedure believes is compared with what the directory and the ledger know.
 */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import type { Harness } from '../casework/harness.ts';
import { openIntents, type Kept } from '../casework/audit-log.ts';
import { otherCallsAbout, wrongWithSecondPersons } from './second-person-rules.ts';
import { CANARY } from '../casework/directory-in-memory.ts';
import {
  DAY,
  ELSEWHERE,
  factsNow,
  liveOf,
  managerNow,
  MINUTE,
  type Fixtures,
  type Written,
} from '../casework/fixtures.ts';

/** What people have seen: from then on it holds. */
export interface Seen {
  lockdown: boolean;
  elevated: boolean;
  /** "This was not me", taken, by caller. */
  readonly objections: Map<PersonId, Instant>;
}

export function nothingSeen(): Seen {
  return { lockdown: false, elevated: false, objections: new Map() };
}

/** Watches every order and every write of a harness while it happens. */
export function standGuard(harness: Harness, seen: Seen, ledger: 'writes' | 'may-fail' = 'writes'): void {
  const { fixtures, auditLog, violations } = harness;
  // Judged by what is true as it is tried, and counted when it was written: of two clicks, the later one orders nothing.
  const judged = new WeakMap<Case, readonly string[]>();
  auditLog.onOrder = (from, next, at) => void judged.set(next, wrongWithOrder(harness, seen, from, next, at));
  auditLog.onOrdered = (next) => void violations.push(...(judged.get(next) ?? ['an order that nobody judged']));
  fixtures.onWrite = (write) => {
    const takenBack = ledger === 'may-fail' && isUnseen(harness, write);
    if (!isIntended(harness, write) && !takenBack) violations.push(`I1: ${write.what} without an intent`);
    if (write.what === 'create' && liveOf(fixtures, write.person) !== null) violations.push('I3: a second live pass');
    const orders = fixtures.writes.filter((one) => one.what === 'create' && one.orderId === write.orderId);
    if (write.what === 'create' && orders.length > 0) violations.push('I8: one order, two POSTs');
  };
}

/** I4 and I5, by what is true at the moment the order is written. */
function wrongWithOrder(harness: Harness, seen: Seen, from: StoredCase, next: Case, at: Instant): readonly string[] {
  const { fixtures, auditLog } = harness;
  const { technician, caller, id, state } = next;
  if (state.kind !== 'issuing' || from.case.state.kind !== 'ready-to-issue') return ['an order out of nowhere'];
  const wrong: string[] = [];
  const truth = factsNow(fixtures, caller);
  if (technician === caller) wrong.push('I5: a pass for oneself');
  if (truth.activeRoles.kind !== 'read' || truth.activeRoles.value.length > 0)
    wrong.push('I5: a pass for a privileged account');
  if (truth.risk.kind !== 'read' || truth.risk.value.level === 'high') wrong.push('I5: a pass at high or unread risk');
  if (seen.lockdown) wrong.push('I5: a pass in lockdown');
  if (Math.abs(fixtures.ahead) > 2 * MINUTE) wrong.push('I9: a pass while our clock is wrong');
  if (liveOf(fixtures, caller) !== null) wrong.push('I10: a pass in place of one that nobody explained');
  const objected = seen.objections.get(caller);
  if (objected !== undefined && at - objected < DAY) wrong.push('I5: a pass after "This was not me"');
  const ofCase = auditLog.kept.filter((entry) => entry.caseId === id);
  const proof = ofCase.findLast((entry) => isProof(entry, technician, managerOf(fixtures, caller)));
  if (proof === undefined || at - proof.at > 10 * MINUTE) wrong.push('I4: no fresh proof');
  else if (proof.at - at > 3 * MINUTE) wrong.push('I4: a proof from a time that our clock has not reached');
  if (needsSecondPerson(harness, seen, next, proof, at)) {
    const approval = ofCase.findLast((entry) => entry.code === 'case.approval-decided');
    if (approval?.detail['approved'] !== true) wrong.push('I4: a risk reason stands and nobody approved');
    else if (approval.actor === technician || approval.actor === caller) wrong.push('I4: approved by one of the two');
    else if (at - approval.at > 15 * MINUTE) wrong.push('I4: the approval is too old');
  }
  return [...wrong, ...wrongWithSecondPersons(auditLog.kept, next, truth, at)];
}

function isProof(entry: Kept, technician: PersonId, manager: PersonId | null): boolean {
  const { code, actor, detail } = entry;
  if (code === 'case.callback-recorded') return actor === technician && detail['outcome'] === 'answered-by-caller';
  if (code === 'case.seen-in-person') return actor === technician;
  return (
    code === 'case.manager-answered' && detail['speakingNow'] === true && actor === manager && actor !== technician
  );
}

function needsSecondPerson(
  harness: Harness,
  seen: Seen,
  { caller, technician, id }: Case,
  proof: Kept | undefined,
  at: Instant,
) {
  const { fixtures, auditLog } = harness;
  const { groups, risk } = factsNow(fixtures, caller);
  // What came in after the facts were asked for could not be among them.
  const asked = auditLog.kept.findLastIndex((entry) => entry.code === 'snapshot.read.intent' && entry.caseId === id);
  const contacts = otherCallsAbout(auditLog.kept.slice(0, asked + 1), { caller, technician, id }, at);
  return (
    proof?.code !== 'case.callback-recorded' ||
    seen.elevated ||
    (groups.kind === 'read' && groups.value.inVipGroup) ||
    (risk.kind === 'read' && risk.value.level === 'medium') ||
    managerOf(fixtures, caller) === technician ||
    managerOf(fixtures, technician) === caller ||
    contacts >= 2
  );
}

function managerOf(fixtures: Fixtures, person: PersonId): PersonId | null {
  const manager = managerNow(fixtures, person);
  return manager.kind === 'read' ? manager.value : null;
}

const MESSAGES = /^(notice\.|manager\.ask|approval\.ask|alarm\.leads|link\.push)/;

/** I1. Every write has its intent, and the intent is not answered yet. */
function isIntended({ auditLog }: Harness, write: Written): boolean {
  if (write.what === 'create') return auditLog.intents.get(write.orderId ?? '')?.code === 'pass.create.intent';
  const open = openIntents(auditLog, write.person).map((intent) => intent.code);
  if (write.what === 'end-sessions') return open.includes('sessions.end.intent');
  if (write.what === 'install')
    return [...auditLog.intents.values()].some(
      (one) => MESSAGES.test(one.code) && !auditLog.outcomes.has(one.intentId ?? ''),
    );
  return open.includes('pass.delete.intent');
}

/** A pass that could not be recorded is taken back under the intent that made it, if nobody saw it. */
function isUnseen({ fixtures, auditLog, shown }: Harness, { what, person, passId }: Written): boolean {
  const pass = fixtures.passes.get(person);
  if (what !== 'delete' || pass === undefined || pass.passId !== passId) return false;
  return auditLog.intents.has(pass.orderId) && !shown.some(({ code }) => code === pass.code);
}

/** Soon after a run: every pass that works is on somebody's card, and none is alive against a "This was not me". */
export async function checkSettled(harness: Harness, seen: Seen): Promise<void> {
  const { fixtures } = harness;
  const open = (await harness.ledger().openCases()).map((stored) => stored.case);
  const known = new Set(open.map(({ state }) => ('pass' in state ? state.pass?.passId : undefined)));
  for (const [person] of fixtures.passes) {
    const live = liveOf(fixtures, person);
    if (live === null || live.orderId === ELSEWHERE) continue;
    assert.ok(known.has(live.passId), 'I3: a live pass that nobody knows');
    const objected = seen.objections.get(person);
    assert.ok(objected === undefined || fixtures.now - objected >= DAY, 'I5: a live pass after "This was not me"');
  }
  const doubtful = open.filter(({ state }) => state.kind === 'issuing' || state.kind === 'uncertain-pass');
  assert.deepEqual(doubtful, [], 'a case that never learns what became of its order');
}

/** After everything has run out: the ledger tells the whole story, once. */
export async function checkEnd(harness: Harness): Promise<void> {
  const { fixtures, auditLog, violations } = harness;
  assert.deepEqual(await harness.ledger().openCases(), [], 'a case that never ends');
  for (const [person, { orderId }] of fixtures.passes) {
    const ours = orderId === ELSEWHERE ? null : liveOf(fixtures, person);
    assert.equal(ours, null, 'I3: a pass outlived its case');
  }
  for (const [id, intent] of auditLog.intents) {
    assert.equal(auditLog.outcomes.get(id) ?? 0, 1, `I2: outcomes of ${intent.code}`);
  }
  const entries = (await harness.ledger().entries({ caseId: null, limit: 100_000 })).toReversed();
  assert.deepEqual(
    entries.map((entry) => entry.code).sort(),
    auditLog.kept.map((entry) => entry.code).sort(),
    'the ledger holds what casework was told it holds',
  );
  checkOneStepAtATime(entries);
  const verdict = await verifyFile(harness.file, { since: null, publicKey: null, thorough: false });
  assert.ok(verdict.ok, 'I6: the ledger does not verify');
  const files = [harness.file, `${harness.file}-wal`].filter((file) => statSync(file, { throwIfNoEntry: false }));
  assert.ok(!files.some((file) => readFileSync(file, 'latin1').includes(CANARY)), 'I7: a pass on the disk');
  assert.equal(new Set(harness.shown.map(({ code }) => code)).size, harness.shown.length, 'I7: a pass shown twice');
  assert.deepEqual(violations, []);
}

/** I8: each step of a case begins where the one before it ended. A click that counted twice would not fit. */
function checkOneStepAtATime(
  entries: readonly { readonly code: string; readonly caseId: CaseId | null; readonly detail: Kept['detail'] }[],
): void {
  const at = new Map<CaseId, unknown>();
  for (const { code, caseId, detail } of entries) {
    if (caseId === null || typeof detail['to'] !== 'string') continue;
    if (code !== 'case.opened')
      assert.equal(detail['from'], at.get(caseId), `I8: ${code} did not begin where the case stood`);
    at.set(caseId, detail['to']);
  }
}
