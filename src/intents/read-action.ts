/**
 * Button → press. What a client sends back is doubted field by field before anything else sees it.
 * The one rule kept here: unknown is forged. A verb, field, type or length that no card of ours could send is refused
 * as a value, and the refusal never repeats what was sent.
 */
import { z } from 'zod';
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { Field, FieldValues } from '../procedure/action-fields.ts';
import { ACTIONS, isVerb, rowOf, type ActionRow, type Verb } from '../procedure/actions.ts';
import type { CardAction, Forged } from './card-action.ts';

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

const ref = z.string().max(REF_CHARACTERS);
/** A renderer leaves an input that was not filled out of the data, or sends it empty. Both mean: nothing chosen. */
const chosenOrEmpty = (characters: number) => z.string().max(characters).default('');

/** How each kind of field is read, but for choices and flags, which bring their own words. */
const FIELDS: { readonly [Kind in keyof FieldValues]: z.ZodType<FieldValues[Kind]> } = {
  query: z.string().trim().min(1).max(QUERY_CHARACTERS),
  person: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((id) => id as PersonId),
  // A multi-select choice set sends its values in one string with commas between.
  refs: z
    .string()
    .max(REFS_AT_MOST * (REF_CHARACTERS + 1))
    .default('')
    .transform((text) => [...new Set(text.split(',').map((one) => one.trim()))].filter((one) => one !== ''))
    .pipe(z.array(ref).max(REFS_AT_MOST)),
  ref: chosenOrEmpty(REF_CHARACTERS),
  place: chosenOrEmpty(PLACE_CHARACTERS),
  remark: chosenOrEmpty(REASON_CHARACTERS).transform((text) => text.trim()),
  digest: z.string().min(1).max(REF_CHARACTERS),
};

function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'choice':
      return z.enum(field.of);
    case 'flag':
      return z.enum([field.yes, field.no]).transform((word) => word === field.yes);
    default:
      return FIELDS[field.kind];
  }
}

const NAMES: Readonly<Record<ActionRow['names'], Readonly<Record<string, z.ZodType>>>> = {
  nothing: {},
  'a-case': { case: caseId },
  'a-version': { case: caseId, v: z.number().int().nonnegative() },
};
/** What the case and its version are called in an action. */
const NAMED_AS: ReadonlyMap<string, string> = new Map([
  ['case', 'caseId'],
  ['v', 'version'],
]);

type Fields = Readonly<Record<string, unknown>>;

/** The strict schema of a verb, from its row: what it does not name is refused. */
function schemaFor(verb: Verb): z.ZodType<Fields> {
  const { names, fields } = rowOf(verb);
  const own = Object.entries(fields).map(([name, field]) => [name, schemaOf(field)] as const);
  return z.strictObject({ ...NAMES[names], ...Object.fromEntries(own) });
}

const SCHEMAS = new Map((Object.keys(ACTIONS) as Verb[]).map((verb) => [verb, schemaFor(verb)]));

/**
 * Inputs that may ride along. A renderer sends every input of a card with every button of it, so a choice of methods
 * can arrive with *Go back*. What the pressed verb does not ask for is dropped unread, if it is at least a short text.
 */
const INPUTS: ReadonlySet<string> = new Set(
  (Object.keys(ACTIONS) as Verb[]).flatMap((verb) =>
    Object.entries(rowOf(verb).fields).flatMap(([name, field]) => (field.input ? [name] : [])),
  ),
);
const RIDING_ALONG = z.string().max(REFS_AT_MOST * (REF_CHARACTERS + 1));

/**
 * Reads a pressed button. `verb` and `data` come from the client as they are. Total: any value gives an answer,
 * and nothing is thrown. `forged` means that no card of ours sends this; the caller writes it down as such.
 */
export function readAction(verb: string, data: unknown): CardAction | Forged {
  if (!isVerb(verb)) return forged('unknown verb');
  const fields = ownFields(data);
  if (fields === null) return forged('data is not a plain object');
  if ('verb' in fields && fields['verb'] !== verb) return forged('verb: does not match the button');
  const row = rowOf(verb);
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'verb') continue;
    if (!INPUTS.has(name) || Object.hasOwn(row.fields, name)) kept[name] = value;
    else if (!RIDING_ALONG.safeParse(value).success) return forged('an input of another button is no short text');
  }
  const read = SCHEMAS.get(verb)?.safeParse(kept);
  if (read?.success !== true) return forged(read === undefined ? 'unknown verb' : why(read.error));
  return actionOf(verb, read.data);
}

/** The names of the row in place of those of the card. The table's types tie verb and fields; the loop cannot, so this is the one cast. */
function actionOf(verb: Verb, data: Fields): CardAction {
  const { fields } = rowOf(verb);
  const named = Object.entries(data).map(([name, value]) => [fields[name]?.as ?? NAMED_AS.get(name) ?? name, value]);
  return { kind: verb, ...Object.fromEntries(named) } as CardAction;
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
