// The code of a pass, as long as nobody has read it out: wherever it is written by accident, the placeholder is written instead.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Secret } from '../../src/casework/ports/secret.ts';

const CODE = 'TAP-7xK2mQ9z';

describe('The code of a pass', () => {
  it('is a placeholder in every text that it gets into', () => {
    const secret = new Secret(CODE);
    const asText = secret as unknown as string; // the compiler would not let it through
    assert.equal(`<${asText}>`, '<[secret]>');
    assert.equal('code: ' + asText, 'code: [secret]');
    assert.equal(secret.toString(), '[secret]');
    assert.equal([secret].join(), '[secret]');
    assert.equal(Number.isNaN(Number(asText)), true);
  });

  it('is a placeholder where an object that holds it is printed', () => {
    assert.equal(inspect(new Secret(CODE)), '[secret]');
    assert.equal(inspect({ pass: new Secret(CODE) }, { depth: null, showHidden: true }), '{ pass: [secret] }');
  });

  it('cannot be turned into JSON: whoever tries is told so, and nothing is written', () => {
    assert.throws(() => JSON.stringify({ pass: new Secret(CODE) }), /^TypeError: A secret cannot be serialized\.$/);
  });

  it('can be read once, and is gone then', () => {
    const secret = new Secret(CODE);
    assert.deepEqual([secret.reveal(), secret.reveal(), secret.reveal()], [CODE, null, null]);
  });
});
