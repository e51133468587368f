/**
 * Parses the data of a pressed button, which comes from the client and is untrusted, field by field.
 * Whatever none of our cards could have sent counts as forged: an unknown verb or field, a wrong type, a text that is too long. The
 * refusal never repeats what was sent.
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
/** An approver's reason. The ledger keeps it outside the hash chain, so that it can be erased. */
const REASON_CHARACTERS = 500;
/** Nobody has more methods than this. The comma-separated list is limited before it is split. */
const REFS_AT_MOST = 50;

const caseId = z
  .number()
  .int()
  .positive()
  .transform((id) => id as CaseId);

const ref = z.string().max(REF_CHARACTERS);
/** When an input is not filled in, a client omits it or sends it empty. Both mean that nothing was chosen. */
const chosenOrEmpty = (characters: number) => z.string().max(characters).default('');

/** How each kind of field is read, except choices and flags, whose rows list the allowed words. */
const FIELDS: { readonly [Kind in keyof FieldValues]: z.ZodType<FieldValues[Kind]> } = {
  query: z.string().trim().min(1).max(QUERY_CHARACTERS),
  person: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((id) => id as PersonId),
  // A multi-select choice set sends its values as one string, separated by commas.
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
/** The names of the case and its version, from the card's to those in an action. */
const NAMED_AS: ReadonlyMap<string, string> = new Map([
  ['case', 'caseId'],
  ['v', 'version'],
]);

type Fields = Readonly<Record<string, unknown>>;

/** The schema of a verb, built from its row. It refuses every field that the row does not name. */
function schemaFor(verb: Verb): z.ZodType<Fields> {
  const { names, fields } = rowOf(verb);
  const own = Object.entries(fields).map(([name, field]) => [name, schemaOf(field)] as const);
  return z.strictObject({ ...NAMES[names], ...Object.fromEntries(own) });
}

const SCHEMAS = new Map((Object.keys(ACTIONS) as Verb[]).map((verb) => [verb, schemaFor(verb)]));

/**
 * The inputs of all buttons. A client sends every input of a card with every button on it, so the ticked methods can arrive with
 * *Go back*. An input that belongs to another button is dropped, as long as it is a short text.
 */
const INPUTS: ReadonlySet<string> = new Set(
  (Object.keys(ACTIONS) as Verb[]).flatMap((verb) =>
    Object.entries(rowOf(verb).fields).flatMap(([name, field]) => (field.input ? [name] : [])),
  ),
);
const INPUT_OF_ANOTHER_BUTTON = z.string().max(REFS_AT_MOST * (REF_CHARACTERS + 1));

/**
 * Parses a pressed button. `verb` and `data` are what the client sent. Every value has an answer, and nothing is thrown. `forged`
 * means that none of our cards sends this; the caller of this function records it.
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
    else if (!INPUT_OF_ANOTHER_BUTTON.safeParse(value).success)
      return forged('an input of another button is not a short text');
  }
  const read = SCHEMAS.get(verb)?.safeParse(kept);
  if (read?.success !== true) return forged(read === undefined ? 'unknown verb' : why(read.error));
  return actionOf(verb, read.data);
}

/** Renames the card's fields as the row says. By the types of the table they fit the verb; the loop loses that, hence the cast. */
function actionOf(verb: Verb, data: Fields): CardAction {
  const { fields } = rowOf(verb);
  const named = Object.entries(data).map(([name, value]) => [fields[name]?.as ?? NAMED_AS.get(name) ?? name, value]);
  return { kind: verb, ...Object.fromEntries(named) } as CardAction;
}

/** The object's own fields, copied to an object without a prototype; `null` when it is anything but parsed JSON. */
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
    return null; // a proxy that throws when it is read is not JSON either
  }
}

function forged(reason: string): Forged {
  return { kind: 'forged', reason };
}

/** The first problem, without the data that was sent: zod's path contains only names from the schema. */
function why(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unreadable';
  if (issue.code === 'unrecognized_keys') return 'unknown field';
  return `${issue.path.map(String).join('.')}: ${issue.code}`;
}
