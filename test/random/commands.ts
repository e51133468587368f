/**
 * What can happen at a helpdesk, drawn at random: clicks by anybody on anything, time, ticks, a changing directory,
 * a Graph that answers or not, restarts. Most of it is what usually comes next, so that runs get far.
 */
import fc from 'fast-check';
import type { PersonId } from '../../src/procedure/facts.ts';
import type { CreationAnswer, DeletionAnswer } from '../casework/fixtures.ts';
import { ABEL, ADA, GRACE, LENA, MARA, SOFIA, STRANGER, TESS, TOM } from '../casework/fixtures.ts';

/** A change of the truth about a caller, or back to calm. */
export type Truth =
  'calm' | 'vip' | 'medium-risk' | 'high-risk' | 'privileged' | 'number-changed' | 'no-manager' | 'unread';

/** Every button of a case. */
const VERBS = [
  'tick-methods',
  'go-back',
  'choose-callback',
  'record-callback',
  'seen-in-person',
  'ask-manager',
  'manager-answer',
  'decide-approval',
  'issue-pass',
  'pass-read-out',
  'withdraw-pass',
  'not-me',
  'escalate',
  'abandon',
  'done',
  'read-again',
] as const;
export type CaseVerb = (typeof VERBS)[number];

/** A click on a button of a case. `old`: on a card that was replaced since. `twice`: a nervous finger. */
export interface Act {
  readonly kind: 'act';
  readonly verb: CaseVerb;
  readonly by: PersonId;
  readonly pick: number;
  readonly choice: number;
  readonly old: boolean;
  readonly twice: boolean;
}

export type Deed =
  | { readonly kind: 'open'; readonly by: PersonId; readonly caller: PersonId }
  | { readonly kind: 'manual-reset'; readonly by: PersonId; readonly caller: PersonId }
  | { readonly kind: 'natural'; readonly pick: number; readonly choice: number; readonly twice: boolean }
  | Act
  | { readonly kind: 'mode'; readonly by: PersonId; readonly mode: 'normal' | 'elevated' | 'lockdown' }
  | { readonly kind: 'time'; readonly minutes: number }
  | { readonly kind: 'tick' }
  | { readonly kind: 'restart'; readonly how: 'in-order' | 'crash' }
  | {
      readonly kind: 'graph';
      readonly creation: CreationAnswer;
      readonly deletion: DeletionAnswer;
      readonly takes: number;
    }
  | { readonly kind: 'truth'; readonly about: PersonId; readonly truth: Truth }
  | { readonly kind: 'leaves'; readonly who: PersonId; readonly back: boolean }
  | { readonly kind: 'away'; readonly who: PersonId }
  /** Somebody creates a pass in the admin center. */
  | { readonly kind: 'foreign-pass'; readonly about: PersonId; readonly minutes: number }
  /** Our clock is set. */
  | { readonly kind: 'clock'; readonly minutesAhead: number }
  | { readonly kind: 'take-back'; readonly by: PersonId };

/** One thing that happens; `hurry`: the next one does not wait for it. */
export interface Command {
  readonly deed: Deed;
  readonly hurry: boolean;
}

const anybody = fc.constantFrom(TESS, TESS, TOM, ADA, ABEL, LENA, MARA, SOFIA, STRANGER);
const technician = fc.constantFrom(TESS, TESS, TOM);
const caller = fc.constantFrom(LENA, LENA, LENA, LENA, LENA, LENA, SOFIA, SOFIA, MARA, TOM, ADA, GRACE, TESS);
const pick = fc.constantFrom(0, 0, 0, 1, 2, 3);
const choice = fc.nat({ max: 11 });
const rarely = fc.nat({ max: 7 }).map((number) => number === 0);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 50,
    arbitrary: fc.record({ kind: fc.constant('natural' as const), pick, choice, twice: rarely }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('open' as const), by: technician, caller }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), by: anybody, caller }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('manual-reset' as const),
      by: anybody,
      caller: fc.constantFrom(LENA, LENA, SOFIA),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      verb: fc.constantFrom(...VERBS),
      by: anybody,
      pick,
      choice,
      old: fc.boolean(),
      twice: rarely,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      verb: fc.constantFrom('not-me' as const, 'not-me' as const, 'withdraw-pass' as const, 'decide-approval' as const),
      by: fc.constantFrom(LENA, LENA, MARA, SOFIA, TESS, ADA),
      pick: fc.constantFrom(0, 1, 1, 2),
      choice,
      old: fc.boolean(),
      twice: rarely,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mode' as const),
      by: fc.constantFrom(ADA, ADA, ADA, TESS, STRANGER),
      mode: fc.constantFrom('normal' as const, 'elevated' as const, 'lockdown' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.constantFrom(1, 1.1, 3, 11, 16, 61) }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'tick' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      how: fc.constantFrom('in-order' as const, 'crash' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('graph' as const),
      creation: fc.constantFrom<CreationAnswer>(
        'created',
        'created',
        'refused',
        'unanswered-created',
        'unanswered-not-created',
      ),
      deletion: fc.constantFrom<DeletionAnswer>(
        'gone',
        'gone',
        'not-known',
        'not-known-but-gone',
        'said-gone',
        'said-gone',
      ),
      takes: fc.constantFrom(0, 1, 5, 40),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('truth' as const),
      about: fc.constantFrom(LENA, LENA, SOFIA, MARA),
      truth: fc.constantFrom<Truth>(
        ...(['calm', 'calm', 'vip', 'medium-risk', 'high-risk', 'privileged', 'number-changed', 'no-manager'] as const),
        'unread',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('leaves' as const),
      who: fc.constantFrom(TESS, ADA, TOM),
      back: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('away' as const), who: fc.constantFrom(LENA, MARA, ADA, ABEL) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('foreign-pass' as const),
      about: fc.constantFrom(LENA, SOFIA, MARA),
      minutes: fc.constantFrom(5, 30),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      minutesAhead: fc.constantFrom(0, 0, 1.5, -1.5, 3, 60, -60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('take-back' as const), by: fc.constantFrom(ADA, ADA, ADA, TESS, LENA) }),
  },
);

/** What happened earlier that day about the first caller: nothing, two refused requests, or a case that was given up. */
const earlier = fc.constantFrom('nothing', 'nothing', 'nothing', 'refusals', 'a case');

function earlierDeeds(what: string, by: PersonId, about: PersonId): readonly Deed[] {
  const act = { kind: 'act', by, pick: 0, choice: 0, old: false, twice: false } as const;
  const refusal = { kind: 'manual-reset', by, caller: about } as const;
  if (what === 'refusals') return [refusal, refusal];
  if (what === 'nothing') return [];
  return [
    { kind: 'open', by, caller: about },
    { ...act, verb: 'tick-methods' },
    { ...act, verb: 'abandon' },
  ];
}

/** A random day at the helpdesk. It opens a case, so that there is something to do. */
export const randomRun: fc.Arbitrary<readonly Command[]> = fc
  .tuple(
    earlier,
    fc.record({ by: technician, caller }),
    fc.array(fc.record({ deed, hurry: fc.boolean() }), { minLength: 4, maxLength: 18, size: 'max' }),
  )
  .map(([before, first, rest]) => [
    ...[...earlierDeeds(before, first.by, first.caller), { kind: 'open', ...first } as const].map((one) => ({
      deed: one,
      hurry: false,
    })),
    ...rest,
  ]);
