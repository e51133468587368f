/**
 * Every code of the ledger with its description. The list is closed: an entry is made by `entryOf`, which takes only the fields that
 * the description of its code lists. docs/events.md is printed from here (npm run events).
 */
import type { CaseId } from '../../../procedure/case.ts';
import type { PersonId } from '../../../procedure/facts.ts';
import type { Actor, LedgerEntry } from '../ledger.ts';
import type { LedgerCode, RetiredCode } from '../ledger-codes.ts';
import { ACCESS_EVENTS } from './access-events.ts';
import { CASE_EVENTS } from './case-events.ts';
import { misfits, type DetailWith, type EventDescription } from './described.ts';
import { EFFECT_EVENTS } from './effect-events.ts';
import { LEDGER_EVENTS } from './ledger-events.ts';
import { MODE_EVENTS } from './mode-events.ts';
import { PROCESS_EVENTS } from './process-events.ts';

/** The groups of the catalogue, in the order in which the document lists them. */
export const CATALOGUE = {
  'Steps of a case': CASE_EVENTS,
  'What the bot does for a case': EFFECT_EVENTS,
  'Requests, looks and refusals': ACCESS_EVENTS,
  'The mode': MODE_EVENTS,
  'The process': PROCESS_EVENTS,
  'The ledger and its keys': LEDGER_EVENTS,
} as const;

const EVENTS = {
  ...CASE_EVENTS,
  ...EFFECT_EVENTS,
  ...ACCESS_EVENTS,
  ...MODE_EVENTS,
  ...PROCESS_EVENTS,
  ...LEDGER_EVENTS,
} as const satisfies Readonly<Record<LedgerCode, EventDescription>>;

/** Codes that nothing writes any more, and which one took their place. Their entries stay readable. */
export const RETIRED = {
  'case.picture-read-again': 'case.snapshot-read-again',
  'picture.read.intent': 'snapshot.read.intent',
  'picture.read.outcome': 'snapshot.read.outcome',
} as const satisfies Readonly<Record<RetiredCode, LedgerCode>>;

/** What the detail of an entry with this code may hold. */
export type DetailOf<C extends LedgerCode> = C extends LedgerCode ? DetailWith<(typeof EVENTS)[C]['fields']> : never;

/** Who wrote an entry, about whom, and what it belongs to. */
export interface EntryParties {
  readonly actor: Actor;
  readonly about?: PersonId | null;
  readonly caseId?: CaseId | null;
  readonly intentId?: string | null;
}

/** An entry. A field that its code does not list does not compile. */
export function entryOf<C extends LedgerCode>(
  code: C,
  { actor, about = null, caseId = null, intentId = null }: EntryParties,
  detail: NoInfer<DetailOf<C>>,
): LedgerEntry {
  return { code, actor, about, caseId, intentId, detail };
}

/** How a detail differs from what is listed for its code: names only. An entry of an older version may differ. */
export function misfitsOf({
  code,
  detail,
}: {
  readonly code: string;
  readonly detail: LedgerEntry['detail'];
}): readonly string[] {
  const described: Readonly<Record<string, EventDescription>> = EVENTS;
  const description = Object.hasOwn(described, code) ? described[code] : undefined;
  return description === undefined ? ['the code is not listed'] : misfits(description.fields, detail);
}
