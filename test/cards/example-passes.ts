/** Passes out of the ordinary, for the cards: a foreign one, living ones in lockdown, and methods that somebody left behind. */
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { LivingPass } from '../../src/casework/ports/message-views.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { Reading, RegisteredMethod } from '../../src/procedure/facts.ts';
import { ago, CALLER, MANAGER, type Texts } from './example-views.ts';

export const UNREAD = { kind: 'unread', why: 'timeout' } as const;

/** Somebody created a pass eleven minutes ago, in the admin center perhaps. */
export function withForeignPass(at: StoredCase): StoredCase {
  const existingPass = { kind: 'read', value: { passId: 'foreign', createdAt: ago(11), alive: true } } as const;
  return { ...at, case: { ...at.case, facts: { ...at.case.facts, existingPass } } };
}

/** What was registered with a pass. */
export function leftBehind(texts: Texts): Reading<readonly RegisteredMethod[]> {
  const method = { ref: 'new', digest: null, registeredAt: ago(2) };
  return {
    kind: 'read',
    value: [
      { ...method, kind: 'mobile-phone', masked: texts('masked', '•••99') },
      { ...method, ref: 'key', kind: 'passkey', masked: texts('device', '') },
    ],
  };
}

/** One of each kind that a lead can see. */
export function livingPasses(texts: Texts): readonly LivingPass[] {
  const name = texts('displayName', 'Lena Hartmann');
  return [
    { caseId: 12 as CaseId, caller: CALLER, callerName: name, is: 'alive', until: ago(-59) },
    { caseId: 13 as CaseId, caller: MANAGER, callerName: null, is: 'being-deleted', until: ago(-20) },
    { caseId: 14 as CaseId, caller: MANAGER, callerName: name, is: 'ordered', until: null },
  ];
}
