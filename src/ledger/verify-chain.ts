/**
 * The rules that every record of the chain has to keep, one record after the other. How the rows are read is for verify.ts.
 */
import { z } from 'zod';
import type { Instant } from '../procedure/facts.ts';
import { detailCommitment, recordHash } from './chain.ts';
import type { ChainRow } from './chain-rows.ts';
import type { ChainedRecord } from './chain.ts';
import { ERASED_CODE } from './seal.ts';
import { missingDetails } from './erased-details.ts';
import { fromText } from './time.ts';
import type { SignatureProblem, SignatureRules } from './verify-signatures.ts';

/** What a record can break. */
export type RecordProblem =
  'record-missing' | 'record-altered' | 'chain-cut' | 'detail-altered' | 'detail-missing' | SignatureProblem;

/** Something was erased: who did it, when, about whom, and how much. */
export interface ErasureOnRecord {
  readonly seq: number;
  readonly at: Instant | null;
  readonly by: string;
  /** The id of the person. */
  readonly about: string | null;
  /** How many details and cases it says it erased; `null` when it does not say. */
  readonly details: number | null;
  readonly cases: number | null;
  /** Older versions did not sign. */
  readonly signed: boolean;
}

/** The newest entry of a case that holds a digest of it. */
export interface SealingEntry {
  readonly seq: number;
  readonly digest: string;
}

/** A place in the chain: the number, hash and time of the record there. */
export interface ChainPlace {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

/** The check of one record after the other. */
export interface ChainCheck {
  /** Looks at the next record. */
  next(row: ChainRow): RecordProblem | null;
  place(): ChainPlace;
  /** After the last record: where a detail is missing that no erasure accounts for, `null`: nowhere in particular. */
  gap(scope: 'whole' | 'tail'): { readonly at: number | null } | null;
  /** Details that are there. */
  details(): number;
  /** Details that were erased. */
  erased(): number;
  /** Records whose time is before their predecessor's. */
  backwards(): number;
  erasures(): readonly ErasureOnRecord[];
  /** The newest record of each case that holds a digest of it, and the newest that says the case was erased. */
  digests(): ReadonlyMap<number, SealingEntry>;
  erasedCases(): ReadonlyMap<number, number>;
}

const erasureDetail = z.object({ details: z.number(), cases: z.number() });

/** Begins a check after `from`. */
export function checkChain(from: ChainPlace, signatures: SignatureRules): ChainCheck {
  let place = from;
  let backwards = 0;
  let details = 0;
  const missing = missingDetails();
  const erasures: ErasureOnRecord[] = [];
  const digests = new Map<number, SealingEntry>();
  const erasedCases = new Map<number, number>();

  function noteErasure(row: ChainRow, signed: boolean): void {
    missing.erased(row.seq, row.about, row.case_id);
    if (row.case_id !== null) {
      erasedCases.set(row.case_id, row.seq);
      return;
    }
    const said = readErasure(row.detail);
    erasures.push({
      ...{ seq: row.seq, at: fromText(row.at), by: row.actor, about: row.about, signed },
      ...{ details: said?.details ?? null, cases: said?.cases ?? null },
    });
  }

  return {
    next(row) {
      if (row.seq !== place.seq + 1) return 'record-missing';
      if (row.prev !== place.hash) return 'chain-cut';
      if (recordHash(recordOf(row)) !== row.hash) return 'record-altered';
      if (row.detail === null || row.salt === null) {
        // The entry of an erasure is never erased itself.
        if (row.code === ERASED_CODE) return 'detail-missing';
        missing.add(row.seq, row.about, row.case_id);
      } else if (detailCommitment(row.salt, row.detail) !== row.detail_commitment) return 'detail-altered';
      else details += 1;
      const problem = signatures.entry(row);
      if (problem !== null) return problem;
      if (row.code === ERASED_CODE) noteErasure(row, signatures.inForce());
      // A digest that belongs to no case is never written; as one of case 0 it will be missed.
      if (row.case_digest !== null) digests.set(row.case_id ?? 0, { seq: row.seq, digest: row.case_digest });
      if (row.at < place.at) backwards += 1;
      place = row;
      return null;
    },
    place: () => place,
    gap(scope) {
      const at = missing.unexplained();
      if (at !== null) return { at };
      // Every detail that is missing was counted by the erasure that took it, maybe one before the tail began.
      if (scope === 'tail' || erasures.some((one) => one.details === null)) return null;
      const counted = erasures.reduce((sum, one) => sum + (one.details ?? 0), 0);
      return missing.count() === counted ? null : { at: null };
    },
    details: () => details,
    erased: () => missing.count(),
    backwards: () => backwards,
    erasures: () => erasures,
    digests: () => digests,
    erasedCases: () => erasedCases,
  };
}

/** The row as it is hashed. */
export function recordOf(row: Omit<ChainRow, 'salt' | 'detail'>): ChainedRecord {
  return {
    seq: row.seq,
    at: row.at,
    code: row.code,
    actor: row.actor,
    about: row.about,
    caseId: row.case_id,
    intentId: row.intent_id,
    detailCommitment: row.detail_commitment,
    caseDigest: row.case_digest,
    prev: row.prev,
  };
}

function readErasure(detail: string | null): z.infer<typeof erasureDetail> | null {
  if (detail === null) return null;
  try {
    return erasureDetail.parse(JSON.parse(detail));
  } catch {
    return null; // an older or a foreign text: it says nothing about how much
  }
}
