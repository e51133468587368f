/**
 * How a code of the ledger is described: when it is written, by whom, and what its detail holds. The type of a detail follows from
 * the description, and so does docs/events.md.
 */

interface FieldBase {
  /** One plain phrase for somebody who reads the log. */
  readonly means: string;
  /** Missing where it does not apply. */
  readonly optional?: true;
  /** `null` where it could not be known. */
  readonly nullable?: true;
  /** It is personal, or may be: somebody wrote it. */
  readonly personal?: true;
}

/** A field of a detail. `texts` is a list of texts; text is at most 1,000 characters long. */
export type Field = FieldBase & { readonly type: 'text' | 'texts' | 'number' | 'yes-no' };

/** The fields of a detail, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** Who writes an entry: the person whose act it is, or the bot by itself. */
export type Writer =
  | 'technician'
  | 'second person'
  | 'manager'
  | 'caller or manager'
  | 'lead'
  | 'helpdesk'
  | 'anybody'
  | 'operator'
  | 'bot';

/** One code. */
export interface EventDescription {
  /** One sentence: when it is written. */
  readonly when: string;
  readonly by: readonly Writer[];
  readonly fields: Fields;
}

/** A text. */
export function text(means: string): { readonly type: 'text'; readonly means: string } {
  return { type: 'text', means };
}

/** A list of texts, mostly codes. */
export function texts(means: string): { readonly type: 'texts'; readonly means: string } {
  return { type: 'texts', means };
}

/** A number; times are milliseconds since 1970. */
export function number(means: string): { readonly type: 'number'; readonly means: string } {
  return { type: 'number', means };
}

/** Yes or no. */
export function yesNo(means: string): { readonly type: 'yes-no'; readonly means: string } {
  return { type: 'yes-no', means };
}

/** The same field; entries may lack it. */
export function optional<F extends Field>(field: F): F & { readonly optional: true } {
  return { ...field, optional: true };
}

/** The same field, or `null`. */
export function nullable<F extends Field>(field: F): F & { readonly nullable: true } {
  return { ...field, nullable: true };
}

/** The same field; what it holds was written by a person. */
export function personal<F extends Field>(field: F): F & { readonly personal: true } {
  return { ...field, personal: true };
}

interface Types {
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
  readonly 'yes-no': boolean;
}

type ValueOf<F extends Field> = Types[F['type']] | (F extends { readonly nullable: true } ? null : never);
type OptionalIn<F extends Fields> = {
  [Name in keyof F]: F[Name] extends { readonly optional: true } ? Name : never;
}[keyof F];

/** The type of a detail with these fields. Without any, nothing fits but an empty one: `{}` alone would take everything. */
export type DetailWith<F extends Fields> = keyof F extends never
  ? Readonly<Record<string, never>>
  : { readonly [Name in Exclude<keyof F, OptionalIn<F>>]: ValueOf<F[Name]> } & {
      readonly [Name in OptionalIn<F>]?: ValueOf<F[Name]>;
    };

/** What does not fit a description: names of fields and what is wrong with them, never a value. Empty when it fits. */
export function misfits(fields: Fields, detail: Readonly<Record<string, unknown>>): readonly string[] {
  const unlisted = Object.keys(detail).filter((name) => !Object.hasOwn(fields, name));
  const wrong = Object.entries(fields).filter(([name, field]) => !fits(field, detail[name]));
  return [
    ...unlisted.map((name) => `${name} is not listed`),
    ...wrong.map(([name, { type }]) => `${name} is no ${type}`),
  ];
}

function fits(field: Field, value: unknown): boolean {
  if (value === undefined) return field.optional === true;
  if (value === null) return field.nullable === true;
  switch (field.type) {
    case 'text':
      return typeof value === 'string';
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'number':
      return typeof value === 'number';
    case 'yes-no':
      return typeof value === 'boolean';
  }
}
