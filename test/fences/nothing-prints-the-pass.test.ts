// The pass has one way out: the answer to the technician's click. Every other way is tried here.
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { pino } from 'pino';
import ts from 'typescript';
import { Fault } from '../../src/casework/ports/fault.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import type { ProjectFile } from './tree.ts';
import { filesIn, nodesOf, parsed } from './tree.ts';

const REVEALS = 'src/cards/pass-card.ts';
const MAKES = 'src/graph/temporary-access-pass.ts';
const HOLDS = 'src/casework/ports/secret.ts';

/** True when code takes the value out of a secret, under any spelling of the member. */
function reveals(file: ProjectFile): boolean {
  return nodesOf(parsed(file)).some((node) => {
    if (ts.isPropertyAccessExpression(node)) return node.name.text === 'reveal';
    if (ts.isElementAccessExpression(node)) return isText(node.argumentExpression, 'reveal');
    if (ts.isBindingElement(node)) return (node.propertyName ?? node.name).getText() === 'reveal';
    return false;
  });
}

/** True when code makes a secret, derives from it, or renames it on the way in. */
function makes(file: ProjectFile): boolean {
  return nodesOf(parsed(file)).some((node) => {
    if (ts.isNewExpression(node)) return node.expression.getText() === 'Secret';
    if (ts.isHeritageClause(node)) return node.types.some((type) => type.expression.getText() === 'Secret');
    return ts.isImportSpecifier(node) && node.propertyName?.text === 'Secret';
  });
}

/** True when code reads the field in which Graph sends the code. */
function readsTheField(file: ProjectFile): boolean {
  return nodesOf(parsed(file)).some((node) => {
    if (ts.isIdentifier(node)) return node.text === 'temporaryAccessPass';
    return ts.isStringLiteralLike(node) && node.text === 'temporaryAccessPass';
  });
}

function isText(node: ts.Node, text: string): boolean {
  return ts.isStringLiteralLike(node) && node.text === text;
}

describe('The pass has one way out', () => {
  const source = filesIn(['src'], /\.ts$/);
  const where = (check: (file: ProjectFile) => boolean): readonly string[] =>
    source.filter(check).map(({ path }) => path);

  it('only the pass card takes it out of its secret', () => assert.deepEqual(where(reveals), [REVEALS]));
  it('only the file that asks Graph puts it in', () => assert.deepEqual(where(makes), [MAKES]));
  it('only that file reads the field in which Graph sends it', () => assert.deepEqual(where(readsTheField), [MAKES]));

  it('neither the ledger nor the channel nor the procedure knows that there are secrets', () => {
    const knowing = where((file) => /secret\.ts|\.\/secret\.ts/.test(file.text));
    for (const path of knowing) assert.match(path, /^src\/(?:casework|cards|graph\/temporary-access-pass)/, path);
  });

  it('is kept where nothing but its own file can reach it', () => {
    const [file] = filesIn([HOLDS], /./);
    assert.ok(file);
    const held = nodesOf(parsed(file)).filter(ts.isPropertyDeclaration);
    assert.deepEqual(
      held.map((property) => property.name.getText()),
      ['#value'],
    );
  });
});

describe('The fence around the pass can fail', () => {
  const planted = (text: string): ProjectFile => ({ path: 'src/casework/planted.ts', text });

  it('sees a code taken out, however it is spelled', () => {
    for (const text of [
      'secret.reveal()',
      "secret['reveal']()",
      'secret?.reveal()',
      'const { reveal } = secret;',
      'const { reveal: r } = s;',
    ]) {
      assert.ok(reveals(planted(text)), text);
    }
    assert.ok(!reveals(planted('// secret.reveal()\nconst text = "reveal";')));
  });

  it('sees a secret made elsewhere', () => {
    for (const text of [
      'new Secret(code)',
      'class Mine extends Secret {}',
      "import { Secret as Box } from './secret.ts';",
    ]) {
      assert.ok(makes(planted(text)), text);
    }
    assert.ok(!makes(planted("import type { Secret } from './secret.ts';")));
  });

  it('sees the field read', () => {
    assert.ok(readsTheField(planted('body.temporaryAccessPass')));
    assert.ok(readsTheField(planted("body['temporaryAccessPass']")));
    assert.ok(!readsTheField(planted('`/temporaryAccessPassMethods`')));
  });
});

describe('A secret shows itself once', () => {
  const code = 'TAP-7xK2mQ9z';
  /** The compiler would not let a secret through; what runs does not ask it. */
  const asText = (held: Secret): string => held as unknown as string;
  const secret = (): Secret => new Secret(code);

  /** What pino writes for a record. */
  function logged(record: object): string {
    let text = '';
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    pino({ level: 'trace' }, sink).info(record, 'a line');
    assert.notEqual(text, '', 'something was written');
    return text;
  }

  const thrown = (cause: unknown): Error => new Fault('directory-unexpected', { internal: 'i', cause });

  const channels: Readonly<Record<string, (held: Secret) => string>> = {
    'a template': (held) => `<${asText(held)}>`,
    concatenation: (held) => 'code: ' + asText(held),
    'String()': (held) => Reflect.apply(String, undefined, [held]),
    'toLocaleString()': (held) => Object.prototype.toLocaleString.call(held),
    'inspection with hidden fields': (held) => inspect(held, { showHidden: true, depth: null, getters: true }),
    'inspection that ignores the custom form': (held) =>
      inspect(held, { customInspect: false, showHidden: true, depth: null }),
    'inspection inside of something else': (held) => inspect({ deep: [{ held }] }, { showHidden: true, depth: null }),
    'its keys': (held) => JSON.stringify([Reflect.ownKeys(held), Object.keys(held), Object.entries(held)]),
    'its own properties': (held) => inspect(Object.getOwnPropertyDescriptors(held)),
    spreading: (held) => JSON.stringify({ ...(held as object) }),
    'Object.assign': (held) => JSON.stringify(Object.assign({}, held)),
    structuredClone: (held) => inspect(structuredClone(held), { showHidden: true }),
    'the serializer of the engine': (held) => serialize(held).toString('latin1'),
    'an error with it as cause': (held) =>
      inspect(new Error('failed', { cause: held }), { showHidden: true, depth: null }),
    'the stack of a fault': (held) => `${thrown(held).stack ?? ''}${inspect(thrown(held), { depth: null })}`,
    'an error message': (held) => new Error(asText(held)).message,
    'a query string': (held) => new URLSearchParams({ code: asText(held) }).toString(),
    'a web address': (held) => new URL(`https://x.example/?c=${asText(held)}`).href,
    'util.format': (held) => format('%s %o %O %d', held, held, held, held),
    'util.format as JSON': (held) => safely(() => format('%j', held)),
    'a sorted, joined list': (held) => [held, held].join(),
    'Object.groupBy and Map': (held) => inspect(new Map([[held, held]]), { showHidden: true, depth: null }),
    'a log line': (held) => logged({ held }),
    'a log line with an error': (held) => logged({ err: thrown(held) }),
    'a log line as its message': (held) => logged({ msg: asText(held) }),
    'a form': (held) => {
      const form = new FormData();
      form.set('code', asText(held));
      return inspect([...form.entries()]);
    },
    'a header': (held) => inspect([...new Headers({ 'x-code': asText(held) })]),
  };

  /** The text, or the message of what was thrown: an error must not hold the code either. */
  function safely(show: () => string): string {
    try {
      return show();
    } catch (problem) {
      return inspect(problem, { showHidden: true, depth: null });
    }
  }

  for (const [channel, show] of Object.entries(channels)) {
    it(`not through ${channel}`, () => {
      const held = secret();
      const shown = safely(() => show(held));
      assert.ok(!shown.includes(code) && !shown.includes(code.slice(4)), 'the code does not show');
      assert.ok(
        !shown.includes(Buffer.from(code).toString('base64')) && !shown.includes(Buffer.from(code).toString('hex')),
      );
      assert.equal(held.reveal(), code, 'and it is still there');
    });
  }

  it('not as JSON: turning it into JSON is a bug, and throws', () => {
    assert.throws(() => JSON.stringify(secret()), TypeError);
    assert.throws(() => JSON.stringify({ deep: [secret()] }), TypeError);
  });

  it('but to whoever reads it out, once', () => {
    const held = secret();
    assert.equal(held.reveal(), code);
    assert.equal(held.reveal(), null);
    assert.ok(!inspect(held, { customInspect: false, showHidden: true }).includes(code));
  });
});
