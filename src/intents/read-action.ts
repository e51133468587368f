/**
 * Button → press. What a client sends back is doubted field by field before anything else sees it.
 * The one rule kept here: unknown is forged. A verb, field, type or length that no card of ours could send is refused
 * as a value, and the refusal never repeats what was sent.
 */
import { z } from 'zod';
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { EscalateBecause, Forged, PlainVerb, CardAction, Verb } from './card-action.ts';

/** The longest name, address or id a person may type into a card. */
const QUERY_CHARACTERS = 200;
/** Graph's method ids are far shorter. */
const REF_CHARACTERS = 200;
const PLACE_CHARACTERS = 200;
/** An approver's reason; the ledger keeps it apart from the chained record. */
const REASON_CHARACTERS = 500;
/** Nobody has more methods than this; the comma-separated list is capped before it is split. */
const REFS_AT_MOST = 50;

const caseId = z
  .number()
  .int()
  .positive()
  .transform((id) => id as CaseId);
const version = z.number().int().nonnegative();
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ref = z.string().max(REF_CHARACTERS);
/** A renderer leaves an input that was not filled out of the data, or sends it empty. Both mean: nothing chosen. */
const chosenOrEmpty = (characters: number) => z.string().max(characters).default('');
/** A multi-select choice set sends its values in one string with commas between. */
const listOfRefs = z
  .string()
  .max(REFS_AT_MOST * (REF_CHARACTERS + 1))
  .default('')
  .transform((text) => [...new Set(text.split(',').map((one) => one.trim()))].filter((one) => one !== ''))
  .pipe(z.array(ref).max(REFS_AT_MOST));

const onCase = { case: caseId, v: version };
const plain = <V extends PlainVerb>(verb: V) =>
  z.strictObject(onCase).transform((data) => ({ kind: verb, caseId: data.case, version: data.v }) as const);

const because = {
  escalate: z.enum([
    'no-proof-possible',
    'self-service-keeps-failing',
    'technician-unsure',
  ] satisfies EscalateBecause[]),
  abandon: z.enum(['caller-hung-up', 'caller-found-another-way', 'opened-by-mistake']),
};

/** One strict schema per verb. The compiler demands a row for each verb of `Press`. */
const SCHEMAS: { readonly [V in Verb]: z.ZodType<Extract<CardAction, { kind: V }>> } = {
  'open-lockout': z
    .strictObject({ query: z.string().trim().min(1).max(QUERY_CHARACTERS) })
    .transform((data) => ({ kind: 'open-lockout', query: data.query })),
  'pick-caller': z
    .strictObject({ caller: z.string().regex(guid) })
    .transform((data) => ({ kind: 'pick-caller', caller: data.caller as PersonId })),
  'show-case': z.strictObject({ case: caseId }).transform((data) => ({ kind: 'show-case', caseId: data.case })),
  'go-back': plain('go-back'),
  'ask-manager': plain('ask-manager'),
  'issue-pass': plain('issue-pass'),
  'pass-read-out': plain('pass-read-out'),
  'withdraw-pass': plain('withdraw-pass'),
  'not-me': plain('not-me'),
  done: plain('done'),
  'read-again': plain('read-again'),
  'tick-methods': z
    .strictObject({ ...onCase, atHand: listOfRefs })
    .transform((data) => ({ kind: 'tick-methods', caseId: data.case, version: data.v, atHand: data.atHand })),
  'choose-callback': z
    .strictObject({ ...onCase, number: chosenOrEmpty(REF_CHARACTERS) })
    .transform((data) => ({ kind: 'choose-callback', caseId: data.case, version: data.v, numberRef: data.number })),
  'record-callback': z
    .strictObject({
      ...onCase,
      outcome: z.enum(['answered-by-caller', 'answered-by-someone-else', 'voicemail', 'nobody', 'wrong-number']),
    })
    .transform((data) => ({ kind: 'record-callback', caseId: data.case, version: data.v, outcome: data.outcome })),
  'seen-in-person': z
    .strictObject({ ...onCase, place: chosenOrEmpty(PLACE_CHARACTERS) })
    .transform((data) => ({ kind: 'seen-in-person', caseId: data.case, version: data.v, place: data.place })),
  'manager-answer': z.strictObject({ ...onCase, speaking: z.enum(['yes', 'no']) }).transform((data) => ({
    kind: 'manager-answer',
    caseId: data.case,
    version: data.v,
    speakingNow: data.speaking === 'yes',
  })),
  'decide-approval': z
    .strictObject({
      ...onCase,
      decision: z.enum(['approve', 'deny']),
      reason: chosenOrEmpty(REASON_CHARACTERS),
      subject: z.string().min(1).max(REF_CHARACTERS),
    })
    .transform((data) => ({
      kind: 'decide-approval',
      caseId: data.case,
      version: data.v,
      approved: data.decision === 'approve',
      reason: data.reason.trim(),
      subject: data.subject,
    })),
  escalate: z
    .strictObject({ ...onCase, because: because.escalate })
    .transform((data) => ({ kind: 'escalate', caseId: data.case, version: data.v, because: data.because })),
  abandon: z
    .strictObject({ ...onCase, because: because.abandon })
    .transform((data) => ({ kind: 'abandon', caseId: data.case, version: data.v, because: data.because })),
};

/**
 * Inputs that may ride along. A renderer sends every input of a card with every button of it, so a choice of methods
 * can arrive with *Go back*. What the pressed verb does not ask for is dropped unread, if it is at least a short text.
 */
const INPUTS = new Set(['query', 'caller', 'atHand', 'number', 'outcome', 'place', 'reason', 'because']);
const RIDING_ALONG = z.string().max(REFS_AT_MOST * (REF_CHARACTERS + 1));
const ASKED_FOR: Readonly<Partial<Record<Verb, readonly string[]>>> = {
  'open-lockout': ['query'],
  'pick-caller': ['caller'],
  'tick-methods': ['atHand'],
  'choose-callback': ['number'],
  'record-callback': ['outcome'],
  'seen-in-person': ['place'],
  'decide-approval': ['reason'],
  escalate: ['because'],
  abandon: ['because'],
};

/**
 * Reads a pressed button. `verb` and `data` come from the client as they are. Total: any value gives an answer,
 * and nothing is thrown. `forged` means that no card of ours sends this; the caller writes it down as such.
 */
export function readAction(verb: string, data: unknown): CardAction | Forged {
  if (!isVerb(verb)) return forged('unknown verb');
  const fields = ownFields(data);
  if (fields === null) return forged('data is not a plain object');
  if ('verb' in fields && fields['verb'] !== verb) return forged('verb: does not match the button');
  const asked = ASKED_FOR[verb] ?? [];
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'verb') continue;
    if (!INPUTS.has(name) || asked.includes(name)) kept[name] = value;
    else if (!RIDING_ALONG.safeParse(value).success) return forged('an input of another button is no short text');
  }
  const read = SCHEMAS[verb].safeParse(kept);
  return read.success ? read.data : forged(why(read.error));
}

function isVerb(text: string): text is Verb {
  return Object.hasOwn(SCHEMAS, text);
}

/** The object's own plain fields, on an object without a prototype; `null` when it is anything but parsed JSON. */
function ownFields(data: unknown): Record<string, unknown> | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  try {
    const prototype: unknown = Object.getPrototypeOf(data);
    if (prototype !== Object.prototype && prototype !== null) return null;
    const fields = Object.create(null) as Record<string, unknown>;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(data))) {
      if (name === '__proto__' || property.get !== undefined || property.set !== undefined) return null;
      fields[name] = property.value;
    }
    return Object.getOwnPropertySymbols(data).length === 0 ? fields : null;
  } catch {
    return null; // a proxy that refuses to be looked at is no JSON either
  }
}

function forged(reason: string): Forged {
  return { kind: 'forged', reason };
}

/** The first thing that is wrong, in our own words: zod's path holds only names that stand in the schema. */
function why(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unreadable';
  if (issue.code === 'unrecognized_keys') return 'unknown field';
  return `${issue.path.map(String).join('.')}: ${issue.code}`;
}
