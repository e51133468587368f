/** Starts a test in the middle of a case: takes a new case to a state, click by click, as people would. */
import assert from 'node:assert/strict';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { StateName } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { meetEverybody, openHarness, type Harness } from './harness.ts';
import { LENA, NAMES, TESS } from './fixtures.ts';

/** A harness of its own in a folder, where everybody has written to the bot once. */
export async function freshHarness(folder: string, name: string): Promise<Harness> {
  let ids = 0;
  const harness = await openHarness({ file: `${folder}/${name}.sqlite`, newId: () => `id-${(ids += 1)}` });
  await meetEverybody(harness);
  return harness;
}

/** Gives the tests of a `describe` a folder, and a way to open harnesses in it. */
export function harnesses(): () => Promise<Harness> {
  let folder: ReturnType<typeof scratchFolder>;
  let opened = 0;
  before(() => {
    folder = scratchFolder('casework');
  });
  after(() => folder.clean());
  return () => freshHarness(folder.dir, `harness-${(opened += 1)}`);
}

/**
 * Gives every test of a `describe` a new harness, and closes it afterwards. Nothing that must never happen may have
 * happened by then.
 */
export function harnessForEachTest(): () => Harness {
  const open = harnesses();
  let harness: Harness;
  beforeEach(async () => {
    harness = await open();
  });
  afterEach(async () => {
    assert.deepEqual(harness.violations, []);
    await harness.close();
  });
  return () => harness;
}

/** Opens the case of a caller and takes it to a state, by callback, or to the approvers by a meeting in person. */
export async function takeTo(harness: Harness, state: StateName, caller: PersonId = LENA): Promise<StoredCase> {
  await harness.says(TESS, `${NAMES.get(caller) ?? ''} is locked out`);
  await harness.whenIdle();
  const steps = state === 'awaiting-approval' ? TO_APPROVAL : state === 'awaiting-manager' ? TO_MANAGER : TO_READY;
  for (const [verb, outcome] of steps) {
    if ((await only(harness)).case.state.kind === state) break;
    if (verb === 'record-callback') harness.passes(A_CALL);
    await harness.presses(TESS, verb, {}, (button) => outcome === null || button.data['outcome'] === outcome);
    await harness.whenIdle();
  }
  const stored = await only(harness);
  assert.equal(stored.case.state.kind, state);
  return stored;
}

/** How long a callback takes at least, and a little more, in minutes. */
export const A_CALL = 0.5;

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
export async function only(harness: Harness): Promise<StoredCase> {
  const [stored, ...more] = await harness.ledger().openCases();
  assert.ok(stored !== undefined && more.length === 0, 'one open case');
  return stored;
}

/** Entries of the ledger with a code, oldest first. */
export async function entriesOf(harness: Harness, code: string) {
  const entries = await harness.ledger().entries({ caseId: null, limit: 10_000 });
  return entries.filter((entry) => entry.code === code).toReversed();
}
