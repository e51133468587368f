/**
 * The fields that a button can carry, and the types of their values.
 */
import type { PersonId } from './facts.ts';

/** The kinds of fields and what their values become. The schemas are in intents/read-action.ts. */
export interface FieldValues {
  /** A name, address or id that somebody typed. */
  readonly query: string;
  /** The object id of a person. */
  readonly person: PersonId;
  /** References of methods; empty when nothing was ticked. */
  readonly refs: readonly string[];
  /** One reference; empty when nothing was chosen. */
  readonly ref: string;
  /** A place from the configured list; empty when none was chosen. */
  readonly place: string;
  /** Text that somebody wrote; empty when there is none. It never moves a case. */
  readonly remark: string;
  /** A digest of what the card showed. A decision counts only for that. */
  readonly digest: string;
}

/** One field. `as`: its name in the action. `kind`: how it is read. `input`: a person fills it in; otherwise the card sets it. */
export type Field =
  | { readonly as: string; readonly kind: keyof FieldValues; readonly input: boolean }
  | { readonly as: string; readonly kind: 'choice'; readonly of: readonly string[]; readonly input: boolean }
  /** One of two words; `yes` is the one that means yes. */
  | { readonly as: string; readonly kind: 'flag'; readonly yes: string; readonly no: string; readonly input: boolean };

/** What a field becomes: one of its choices, yes or no, or the value of its kind. */
type ValueOf<F> = F extends { readonly kind: 'choice'; readonly of: readonly (infer Choice)[] }
  ? Choice
  : F extends { readonly kind: 'flag' }
    ? boolean
    : F extends { readonly kind: infer Kind extends keyof FieldValues }
      ? FieldValues[Kind]
      : never;

type NameOf<F> = F extends { readonly as: infer Name extends string } ? Name : never;

/** The fields of a row of the table of actions, under the names they have in the action. */
export type FieldsOf<Fields> = { readonly [Name in keyof Fields as NameOf<Fields[Name]>]: ValueOf<Fields[Name]> };
