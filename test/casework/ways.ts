/** Ways people take a case along, press by press, so that a test can begin where it wants to. */
import assert from 'node:assert/strict';
import type { StoredCase } from '../../src/casework/ports.ts';
import type { StateName } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { meetEverybody, openBench, type Bench } from './bench.ts';
import { LENA, NAMES, TESS } from './town.ts';

/** A bench of its own in a folder, with everybody met. */
export async function freshBench(folder: string, name: string): Promise<Bench> {
  let ids = 0;
  const bench = await openBench({ file: `${folder}/${name}.sqlite`, newId: () => `id-${(ids += 1)}` });
  await meetEverybody(bench);
  return bench;
}

/** Opens the case of a caller and takes it to a state, by callback, or to the approvers by a meeting in person. */
export async function takeTo(bench: Bench, state: StateName, caller: PersonId = LENA): Promise<StoredCase> {
  await bench.says(TESS, `${NAMES.get(caller) ?? ''} is locked out`);
  await bench.settled();
  const steps = state === 'awaiting-approval' ? TO_APPROVAL : state === 'awaiting-manager' ? TO_MANAGER : TO_READY;
  for (const [verb, outcome] of steps) {
    if ((await only(bench)).case.state.kind === state) break;
    await bench.presses(TESS, verb, {}, (button) => outcome === null || button.data['outcome'] === outcome);
    await bench.settled();
  }
  const stored = await only(bench);
  assert.equal(stored.case.state.kind, state);
  return stored;
}

const TO_READY = [
  ['tick-methods', null],
  ['choose-callback', null],
  ['record-callback', 'answered-by-caller'],
  ['issue-pass', null],
] as const;
const TO_APPROVAL = [
  ['tick-methods', null],
  ['seen-in-person', null],
] as const;
const TO_MANAGER = [
  ['tick-methods', null],
  ['ask-manager', null],
] as const;

/** The one open case. */
export async function only(bench: Bench): Promise<StoredCase> {
  const [stored, ...more] = await bench.ledger().openCases();
  assert.ok(stored !== undefined && more.length === 0, 'one open case');
  return stored;
}

/** Entries of the ledger with a code, oldest first. */
export async function entriesOf(bench: Bench, code: string) {
  const entries = await bench.ledger().entries({ caseId: null, limit: 10_000 });
  return entries.filter((entry) => entry.code === code).toReversed();
}
