import assert from 'node:assert/strict';
import fc from 'fast-check';
import { caseDigest, detailCommitment, encodeRecord, genesisHash, recordHash } from '../../src/ledger/chain.ts';
import type { ChainedRecord } from '../../src/ledger/chain.ts';

/** Text built from what could confuse an encoding: digits, its own punctuation, line ends, more than one byte. */
const text = fc.string({
  unit: fc.constantFrom('0', '1', '9', ':', ',', '-', '\n', 'ü', '😀', 'a', '\0'),
  maxLength: 12,
});
const maybe = fc.option(text);
const record: fc.Arbitrary<ChainedRecord> = fc.record({
  seq: fc.nat(),
  at: text,
  code: text,
  actor: text,
  about: maybe,
  caseId: fc.option(fc.nat(1200)),
  intentId: maybe,
  detailCommitment: text,
  caseDigest: maybe,
  prev: text,
});

describe('The chain', () => {
  it('never encodes two different records alike', () => {
    fc.assert(
      fc.property(record, record, (one, other) => {
        const same = (Object.keys(one) as (keyof ChainedRecord)[]).every((key) => one[key] === other[key]);
        assert.equal(encodeRecord(one) === encodeRecord(other), same);
      }),
      { numRuns: 3000 },
    );
  });

  it('cannot be confused by moving text from one field into the next', () => {
    fc.assert(
      fc.property(record, text, text, (base, left, right) => {
        fc.pre(right !== '');
        const one = { ...base, code: left + right, actor: '' };
        const other = { ...base, code: left, actor: right };
        assert.notEqual(recordHash(one), recordHash(other));
      }),
      { numRuns: 1000 },
    );
  });

  it('tells no value from an empty one', () => {
    fc.assert(
      fc.property(record, (base) => {
        for (const field of ['about', 'intentId', 'caseDigest'] as const) {
          assert.notEqual(recordHash({ ...base, [field]: null }), recordHash({ ...base, [field]: '' }));
        }
      }),
    );
  });

  it('gives a hash of one kind that no other kind can give', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const record = { id: 1, version: 1, technician: a, caller: b, openedAt: a, closedAt: null, state: b, body: a };
        const hashes = [genesisHash(a), genesisHash(b), detailCommitment(a, b), caseDigest(a, record)];
        assert.equal(new Set(hashes).size, a === b ? 3 : 4);
      }),
    );
  });

  it('hashes as it always did, so that a ledger of today verifies in ten years', () => {
    const first: ChainedRecord = {
      seq: 1,
      at: '2026-01-05T09:00:00.000Z',
      code: 'case.opened',
      actor: 'hardline',
      about: null,
      caseId: 1,
      intentId: null,
      detailCommitment: detailCommitment('salt', '{}'),
      caseDigest: null,
      prev: genesisHash('hardline/test'),
    };
    assert.equal(
      encodeRecord(first),
      `hardline/entry/v1\n1:1,24:2026-01-05T09:00:00.000Z,11:case.opened,8:hardline,-,1:1,-,64:${first.detailCommitment},-,64:${first.prev},`,
    );
    assert.equal(recordHash(first), '314c25d6bd7b232698286906e6b1d86f4e810dee81e391d40a518a084cbb1b21');
  });
});
