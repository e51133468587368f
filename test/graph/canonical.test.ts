import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalAddress, canonicalNumbers } from '../../src/graph/canonical.ts';

const same = (...numbers: readonly string[]): void => {
  assert.equal(new Set(numbers.map((number) => canonicalNumbers([number]))).size, 1, numbers.join(' | '));
};
const differ = (a: string, b: string): void => {
  assert.notEqual(canonicalNumbers([a]), canonicalNumbers([b]), `${a} | ${b}`);
};

describe('A number compared with the one before', () => {
  it('is the same however it is written', () => {
    same(
      '+49 30 5550 1010',
      '+49 (30) 5550-1010',
      '+493055501010',
      '+49\u00a030\u202f5550.1010',
      '＋４９ 30 5550 1010',
    );
    same('030 5550 x12', '030 5550 ext. 12', '030 5550;ext=12', '030 5550 #12', '030 5550 EXT 12');
  });

  it('is another one as soon as a digit, the plus, or the extension differs', () => {
    differ('+49 30 5550 1010', '+49 30 5550 1011');
    differ('+49 30 5550 1010', '49 30 5550 1010');
    differ('030 5550 x12', '030 5550 x13');
    differ('030 5550 x12', '030 555012');
    differ('1-800-FLOWERS', '1-800-FLOWERZ');
  });

  it('is none when there is none, and every one of several counts', () => {
    assert.equal(canonicalNumbers([]), '');
    assert.equal(canonicalNumbers(['', ' ']), '');
    assert.notEqual(canonicalNumbers(['1', '2']), canonicalNumbers(['12']));
    assert.notEqual(canonicalNumbers(['1', '2']), canonicalNumbers(['2', '1']));
  });

  it('never hides a digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+\d ()x.#/-]{1,20}$/), (number) => {
        const digits = (text: string) => text.replaceAll(/\D/g, '');
        assert.equal(digits(canonicalNumbers([number])), digits(number));
      }),
    );
  });
});

describe('An address compared with the one before', () => {
  it('is the same in any case, and never without a part of it', () => {
    assert.equal(canonicalAddress(' Lena@Example.org '), canonicalAddress('lena@example.org'));
    assert.notEqual(canonicalAddress('lena+1@example.org'), canonicalAddress('lena@example.org'));
  });
});
