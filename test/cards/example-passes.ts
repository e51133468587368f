/** Passes out of the ordinary, for the cards: a foreign one, living ones in lockdown, and methods that somebody left behind. */
import type { Cards } from '../../src/casework/ports/cards.ts';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { AlarmView, LivingPass } from '../../src/casework/ports/message-views.ts';
import type { CardMessage } from '../../src/casework/ports/messenger.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { Reading, RegisteredMethod } from '../../src/procedure/facts.ts';
import { ago, CALLER, MANAGER, type Texts } from './example-views.ts';

const UNREAD = { kind: 'unread', why: 'timeout' } as const;

/** Somebody created a pass eleven minutes ago, in the admin center perhaps. */
function withForeignPass(at: StoredCase): StoredCase {
  const existingPass = { kind: 'read', value: { passId: 'foreign', createdAt: ago(11), alive: true } } as const;
  return { ...at, case: { ...at.case, facts: { ...at.case.facts, existingPass } } };
}

/** What was registered with a pass. */
function leftBehind(texts: Texts): Reading<readonly RegisteredMethod[]> {
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

/** The cards about a foreign pass and about methods that were left behind. */
export function passOutOfOrder(
  cards: Cards,
  about: Omit<AlarmView, 'alarm' | 'leftBehind'>,
  texts: Texts,
): Readonly<Record<string, CardMessage>> {
  const stored = withForeignPass(about.stored);
  const left = leftBehind(texts);
  return {
    'alarm.foreign-pass': cards.alarm({ ...about, stored, leftBehind: null, alarm: 'foreign-pass' }),
    'alarm.left-behind': cards.alarm({ ...about, leftBehind: left, alarm: 'methods-left-behind' }),
    'alarm.left-behind-unread': cards.alarm({ ...about, leftBehind: UNREAD, alarm: 'methods-left-behind' }),
    'confirmation.left-behind': cards.confirmation({ code: 'objection-taken', at: null, leftBehind: left }),
  };
}
