/**
 * A process that writes to a ledger and says so: `node ledger-writer.ts FILE MODE NAME [ROUNDS]`.
 * Every line it prints is a promise: what it names was written, or was refused. The lines are written synchronously.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Fault } from '../../src/casework/ports/fault.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenedLedger } from '../../src/ledger/open.ts';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { counting, entry, minutesLater, morning, openCase } from '../ledger/fixtures.ts';

const say = (line: string) => void writeSync(1, `${line}\n`);

/** One turn as casework would take it: a case, a step with its intent, an outcome. Each is announced once it is durable. */
async function turn(ledger: OpenedLedger, name: string): Promise<void> {
  const opening = `case.opened.${name}`;
  const caller = randomUUID() as PersonId; // other processes, and earlier rounds, have cases open, too
  const first = await openCase(ledger, { caller }, (id) => [entry(opening, { caseId: id })]);
  say(`written ${opening}`);
  const id = first.case.id;
  const next: Case = { ...first.case, state: { kind: 'choosing-proof', lastAttempt: null } };
  const intent = `pass.${name}.intent`;
  await ledger.advance(first, next, [entry(intent, { caseId: id, intentId: name })], minutesLater(1));
  say(`written ${intent}`);
  const outcome = `pass.${name}.outcome`;
  await ledger.record([entry(outcome, { caseId: id, intentId: name })], minutesLater(2));
  say(`written ${outcome}`);
}

async function append(ledger: OpenedLedger, name: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    try {
      await turn(ledger, `${name}-${round}`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      say(`refused ${error.code}`);
    }
  }
}

/** Steps case 1 again and again against whoever else does; announces the versions it won. */
async function race(ledger: OpenedLedger, name: string, rounds: number): Promise<void> {
  for (let won = 0; won < rounds;) {
    const stored = await ledger.load(1 as CaseId);
    if (stored === null) throw new Error('there is no case 1');
    const entries = [entry(`case.moved.${name}`, { caseId: stored.case.id })];
    const result = await ledger.advance(stored, stored.case, entries, morning);
    if (result.kind === 'written') {
      won += 1;
      say(`won ${result.stored.version}`);
    } else say('stale');
  }
}

const [file = '', mode = '', name = '', rounds = '1000000'] = process.argv.slice(2);
try {
  const ledger = await openLedger({ file, now: () => minutesLater(60), newId: counting() });
  say('open');
  await (mode === 'race' ? race : append)(ledger, name, Number(rounds));
  await ledger.close();
  say('closed');
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  say(`gave-up ${error.code}`);
}
