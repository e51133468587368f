/**
 * What an entry may look like: ids, codes, and plain data of limited size.
 * A Secret, an object, a date or a function is refused, and the refusal never repeats the value.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { LedgerEntry } from '../casework/ports/ledger.ts';
import { detailCommitment } from './chain.ts';

/** An entry ready to be chained. The detail is fixed as text here, so a later change of the object changes nothing. */
export interface PreparedEntry {
  readonly code: string;
  readonly actor: string;
  readonly about: string | null;
  readonly caseId: number | null;
  readonly intentId: string | null;
  readonly detail: string;
  readonly salt: string;
  readonly detailCommitment: string;
}

/** Lower-case GUID, as Entra's object ids. */
export const personId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown as z.ZodType<PersonId>;
/** A positive whole number. */
export const caseId = z.int().positive() as unknown as z.ZodType<CaseId>;

/** Long enough for a typed reason, too short for a transcript. */
const LONGEST_TEXT = 1000;
const text = z.string().max(LONGEST_TEXT);
const LONGEST_TURN = 100;
/**
 * The id of the turn is stored in the text of the detail: a column of its own would change how every record is encoded and hashed,
 * and the chains of older versions have to stay readable.
 */
const TURN = 'turn';

const detailShape = z
  .record(
    z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
    z.union([text, z.number(), z.boolean(), z.null(), z.array(text).max(100).readonly()]),
  )
  .refine((detail) => Object.keys(detail).length <= 40, 'too many fields')
  .refine((detail) => !(TURN in detail), 'the id of the turn is no part of the detail')
  .refine((detail) => !('erased' in detail), 'the word `erased` is how the ledger marks an erased detail');

const entryShape = z
  .strictObject({
    code: z
      .string()
      .max(80)
      .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/),
    actor: z.union([z.literal('hardline'), personId]),
    about: personId.nullable(),
    caseId: caseId.nullable(),
    intentId: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/)
      .nullable(),
    turn: z.string().max(LONGEST_TURN).optional(),
    detail: detailShape,
  })
  .refine((entry) => entry.intentId !== null || !/\.(intent|outcome)$/.test(entry.code), 'an intent has an id');

/** Parses what `details.detail` holds; `null` when it is no detail. */
export function readStoredDetail(stored: unknown): Pick<LedgerEntry, 'turn' | 'detail'> | null {
  const { [TURN]: turn, ...rest } = z.record(z.string(), z.unknown()).catch({ erased: true }).parse(stored);
  const detail = detailShape.safeParse(rest);
  if (!detail.success) return null;
  return typeof turn === 'string' ? { turn, detail: detail.data } : { detail: detail.data };
}

/**
 * Checks an entry and fixes its detail as text with a fresh salt and the commitment to both.
 * Throws a TypeError that names the field, never the value: a wrong entry is a bug of the caller.
 */
export function prepareEntry(entry: LedgerEntry, newSalt: () => string): PreparedEntry {
  const parsed = entryShape.safeParse(entry);
  if (!parsed.success) throw new TypeError(`not a ledger entry: ${whatIsWrong(parsed.error)}`);
  const { code, actor, about, caseId: id, intentId, turn, detail } = parsed.data;
  const words = JSON.stringify(turn === undefined ? detail : { ...detail, [TURN]: turn });
  const salt = newSalt();
  return {
    code,
    actor,
    about,
    caseId: id,
    intentId,
    detail: words,
    salt,
    detailCommitment: detailCommitment(salt, words),
  };
}

/** Sixteen random bytes as hex: enough that a commitment tells nothing about a short detail. */
export function randomSalt(): string {
  return randomBytes(16).toString('hex');
}

/** Paths and kinds of problems, without any value. */
export function whatIsWrong(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'entry'} (${issue.code})`).join(', ');
}
