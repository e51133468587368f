/**
 * Lockdown and the passes that were issued before it: leads see which ones live, and take all of them back at once.
 * Each case takes its own step with its own entry, and each pass is deleted like any other: until it is certain that it is gone.
 */
import type { StateName } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { openCasesIn } from '../background/open-cases.ts';
import { advanceLatest } from '../steps/advance.ts';
import { Fault } from '../ports/fault.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { LivingPass, TakenBack } from '../ports/message-views.ts';
import type { Deadline } from '../ports/runtime.ts';
import type { Services, TurnServices } from '../services.ts';

/** The passes of all open cases that live or may live, oldest case first. Names are read for the card, and not stored. */
export async function livingPasses(
  { ledger, profiles }: Pick<Services, 'ledger' | 'profiles'>,
  deadline?: Deadline,
): Promise<readonly LivingPass[]> {
  const living = (await openCasesIn(ledger, WITH_A_PASS)).flatMap((stored) => {
    const control = controlOver(stored);
    return control === null ? [] : [{ stored, ...control }];
  });
  const named = living.map(
    async ({
      stored: {
        case: { id, caller },
      },
      ...control
    }) => {
      return { caseId: id, caller, callerName: await profiles.nameOf(caller, deadline), ...control };
    },
  );
  return (await Promise.all(named)).toSorted((a, b) => a.caseId - b.caseId);
}

/** The states in which there is a pass, or may be one. */
const WITH_A_PASS: readonly StateName[] = [
  'issuing',
  'uncertain-pass',
  'awaiting-backup-method',
  'awaiting-self-service',
  'withdrawing-pass',
];

/** What is known about the pass of a case; `null` when it has none. */
function controlOver({ case: { state } }: StoredCase): Pick<LivingPass, 'is' | 'until'> | null {
  switch (state.kind) {
    case 'awaiting-backup-method':
      return { is: 'alive', until: state.pass.usableUntil };
    case 'awaiting-self-service':
      return state.pass === null ? null : { is: 'alive', until: state.pass.usableUntil };
    case 'withdrawing-pass':
      return { is: 'being-deleted', until: state.pass.usableUntil };
    case 'issuing':
    case 'uncertain-pass':
      return { is: 'ordered', until: null };
    default:
      return null;
  }
}

/** A lead takes back every pass that lives. A case that cannot be told keeps nobody else's pass alive: it is counted and logged. */
export async function takeBackPasses(services: TurnServices, by: PersonId): Promise<TakenBack> {
  const { ledger, issuing, outbox, runCase, log } = services;
  const alive = (await openCasesIn(ledger, WITH_A_PASS)).filter((stored) => controlOver(stored)?.is === 'alive');
  let done = 0;
  for (const stored of alive) {
    try {
      const after = await advanceLatest(issuing, stored, { kind: 'pass-taken-back', by }, by);
      if (after.kind === 'refused') continue;
      done += 1;
      if (after.kind === 'unchanged') continue; // its pass was taken back by another step a moment ago
      await outbox.release(stored.case.id); // a pass on the technician's screen is void now
      runCase.later(after.stored, after.intended);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.error({ case: stored.case.id, code: error.code }, 'a pass could not be taken back');
    }
  }
  const takenBack = { done, of: alive.length };
  await ledger.record([entryOf('mode.passes-taken-back', { actor: by }, takenBack)], services.runtime.now());
  return takenBack;
}
