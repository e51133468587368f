/** The filter language by itself: quotes, binding, lists, and text that is no filter. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BadFilter, parseFilter } from '../../demo/tenant/filter-parse.ts';
import { matches } from '../../demo/tenant/filter-match.ts';

describe('the filter language', () => {
  it('compares any text exactly as it was quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, other) => {
        const filter = parseFilter(`name eq '${text.replaceAll("'", "''")}' or name eq 'never \u{1F512}'`);
        assert.equal(matches(filter, { name: text }), true);
        assert.equal(matches(filter, { name: other }), other.toLowerCase() === text.toLowerCase());
      }),
    );
  });

  it('either reads a filter to its end or says that it cannot', () => {
    const words = fc.constantFrom(
      'a',
      'eq',
      'and',
      'or',
      'not',
      '(',
      ')',
      "'x'",
      '1',
      'any',
      ':',
      '/',
      ',',
      'in',
      'startswith',
      'true',
      "'",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        try {
          matches(parseFilter(parts.join(' ')), { a: 'x' });
        } catch (error) {
          assert.ok(error instanceof BadFilter, String(error));
        }
      }),
    );
  });

  it('binds and tighter than or, unless parentheses say otherwise', () => {
    const at = (a: boolean, b: boolean, c: boolean) => ({ a, b, c });
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (a, b, c) => {
        const plain = parseFilter('a eq true or b eq true and not c eq true');
        const grouped = parseFilter('(a eq true or b eq true) and not (c eq true)');
        assert.equal(matches(plain, at(a, b, c)), a || (b && !c));
        assert.equal(matches(grouped, at(a, b, c)), (a || b) && !c);
      }),
    );
  });

  it('looks into lists with any, for one id or one of several', () => {
    const entry = { at: '2026-03-01T10:00:00.5Z', t: [{ id: 'X' }, { id: 'y' }] };
    assert.ok(matches(parseFilter("t/any(t:t/id eq 'x')"), entry));
    assert.ok(matches(parseFilter("t/any(q:q/id eq 'z' or q/id eq 'y') and at ge 2026-03-01T10:00:00Z"), entry));
    assert.ok(!matches(parseFilter("t/any(q:q/id eq 'z')"), entry));
    assert.ok(!matches(parseFilter('at ge 2026-03-01T11:00:00+00:00'), entry));
    assert.ok(matches(parseFilter("t/any(q:q/id in ('z','x'))"), entry));
  });
});
