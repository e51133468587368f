// .env.example is what an operator copies. It names exactly the settings that the code reads, and says only what is true.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../../src/config/config.ts';
import { readPolicy } from '../../src/config/policy-file.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { ROOT } from './tree.ts';

type Values = Readonly<Record<string, string | undefined>>;

/** A setting as the file shows it: the sentences above it, and the value after it. */
interface Shown {
  readonly name: string;
  readonly value: string;
  /** In the file without a `#` before it: an operator must fill it in. */
  readonly active: boolean;
  readonly says: string;
}

const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
const GUID = '00000000-0000-4000-8000-000000000000';
const CLASS = /(?:^| )(?:(Required)|(Optional)|(Default: as shown)|Required with (\w+)=([\w-]+))\.$/;

function settingsIn(file: string): readonly Shown[] {
  return Array.from(
    file.matchAll(/^# ((?!#).+)\n(# )?([A-Z][A-Z_]+)=(.*)$/gm),
    ([, says = '', off, name = '', value = '']) => ({ name, value, active: off === undefined, says }),
  );
}

function policyIn(file: string): readonly { readonly name: string; readonly value: string }[] {
  return Array.from(file.matchAll(/^# {3}(\w+) = (.+) \| \S.+\.$/gm), ([, name = '', value = '']) => ({ name, value }));
}

/** Every name the configuration asks for, found by listening while it reads. */
function namesRead(values: Values): readonly string[] {
  const names = new Set<string>();
  const listening = new Proxy(values, {
    get: (target, name) => {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  problemsOf(listening);
  return [...names].sort();
}

function problemsOf(values: Values): readonly string[] {
  try {
    readConfig(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** Something the setting accepts. */
function sample(name: string): string {
  if (name.endsWith('_CREDENTIAL')) return 'managed-identity';
  if (name.endsWith('_ORIGIN')) return 'http://127.0.0.1:1';
  if (name.startsWith('HARDLINE_GROUP_')) return GUID.slice(0, -2) + String(name.length); // each group is another one
  return name.endsWith('_FILE') || name.endsWith('_SECRET') ? 'sample' : GUID;
}

const settings = settingsIn(text);
const required = settings.filter(({ says }) => CLASS.exec(says)?.[1] !== undefined);
const least = Object.fromEntries(required.map(({ name }) => [name, sample(name)]));
const without = (values: Values, name: string): Values => ({ ...values, [name]: undefined });
const namesProblem = (values: Values, name: string): boolean =>
  problemsOf(values).some((problem) => problem.startsWith(`${name}:`));

describe('.env.example', () => {
  it('names every setting that the code reads, each once, and no other', () => {
    assert.ok(settings.length > 25, 'the settings were found');
    assert.deepEqual(settings.map(({ name }) => name).sort(), namesRead(least));
    const mentioned = text.match(/^(?:# )?[A-Z][A-Z_]+=/gm) ?? [];
    assert.equal(mentioned.length, settings.length, 'each has a sentence on the line above it');
  });

  it('says of each whether it is required, optional, or has a default', () => {
    assert.deepEqual(
      settings.filter(({ says }) => !CLASS.test(says)).map(({ name }) => name),
      [],
    );
  });

  it('lists exactly what the bot cannot start without, and leaves it empty to be filled in', () => {
    assert.deepEqual(problemsOf(least), []);
    for (const { name, active, value } of required) {
      assert.ok(namesProblem(without(least, name), name), `${name} is not required`);
      assert.ok(active && value === '', `${name} is to be filled in`);
    }
    assert.equal(settings.filter(({ active }) => active).length, required.length);
  });

  it('says truly when a setting is required because of another one', () => {
    const conditional = settings.flatMap(({ name, says }) => {
      const [, , , , other, value] = CLASS.exec(says) ?? [];
      return other === undefined ? [] : [{ name, other, value }];
    });
    assert.ok(conditional.length >= 5);
    for (const { name, other, value } of conditional) {
      const alike = conditional.filter((one) => one.other === other && one.value === value);
      const filled = {
        ...least,
        [other]: value,
        ...Object.fromEntries(alike.map((one) => [one.name, sample(one.name)])),
      };
      assert.deepEqual(problemsOf(filled), [], name);
      assert.ok(namesProblem(without(filled, name), name), `${name} is not required with ${other}`);
      assert.ok(!namesProblem(least, name));
    }
  });

  it('shows the default where it says so, and holds no other value', () => {
    const start: Config = readConfig(least);
    for (const { name, says, value } of settings) {
      const hasDefault = CLASS.exec(says)?.[3] !== undefined;
      assert.equal(value !== '', hasDefault, name);
      if (hasDefault) assert.deepEqual(readConfig({ ...least, [name]: value }), start, `${name} has another default`);
    }
  });

  it('lists every figure that the policy file may hold, with its default', () => {
    const accepts = (name: string, value: unknown): boolean => {
      const problems = new Map<string, string>();
      return readPolicy('policy.json', () => JSON.stringify({ [name]: value }), problems) !== null;
    };
    const figures: Readonly<Record<string, unknown>> = { ...DEFAULT_POLICY };
    const shown = policyIn(text);
    assert.deepEqual(
      shown.map(({ name }) => name).sort(),
      Object.keys(figures)
        .filter((name) => accepts(name, figures[name]))
        .sort(),
    );
    for (const { name, value } of shown) {
      if (value === 'list') assert.ok(Array.isArray(figures[name]), name);
      else assert.deepEqual(JSON.parse(value), figures[name], name);
    }
  });

  it('would be found out if it forgot a setting, invented one, or named a wrong default', () => {
    const forgot = settingsIn(text.replace(/^.*\n# PORT=3978$/m, ''));
    assert.notDeepEqual(forgot.map(({ name }) => name).sort(), namesRead(least));
    const invented = settingsIn(`${text}\n# Nobody reads it. Optional.\n# HARDLINE_INVENTED=\n`);
    assert.notDeepEqual(invented.map(({ name }) => name).sort(), namesRead(least));
    assert.notDeepEqual(readConfig({ ...least, PORT: '3979' }), readConfig(least));
  });
});
