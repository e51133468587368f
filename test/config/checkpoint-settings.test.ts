// Where the key of the checkpoints comes from, and where they are kept: one setting each, and clear words for everything else.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { checkpointKeyId } from '../../src/ledger/checkpoint-key.ts';
import { environmentFor } from '../scenarios/environment.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const VAULT = 'https://helpdesk.vault.azure.net/secrets/hardline-checkpoints';

type Values = Readonly<Record<string, string>>;
const settings = (values: Values) =>
  readConfig({ ...environmentFor('http://127.0.0.1:1', '/nowhere'), ...values }).checkpoints;
function problemsWith(values: Values): readonly string[] {
  try {
    settings(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('The key of the checkpoints', () => {
  it('can come from an environment variable: as PEM, with its line ends written out, or as base64', () => {
    const forms = [pem, pem.replaceAll('\n', String.raw`\n`), Buffer.from(pem).toString('base64')];
    for (const text of forms) {
      const { key } = settings({ HARDLINE_CHECKPOINT_KEY: text });
      assert.ok(key.kind === 'environment');
      assert.equal(checkpointKeyId(createPublicKey(key.key)), checkpointKeyId(publicKey));
    }
  });

  it('can come from Key Vault, as a secret with or without a version', () => {
    const version = '0123456789abcdef0123456789abcdef';
    for (const [address, wanted] of [
      [VAULT, null],
      [`${VAULT}/${version}`, version],
    ] as const) {
      const { key } = settings({ HARDLINE_CHECKPOINT_KEY_VAULT: address });
      const secret = { vault: 'https://helpdesk.vault.azure.net', name: 'hardline-checkpoints', version: wanted };
      assert.deepEqual(key, { kind: 'vault', secret });
    }
  });

  it('is made beside the ledger when nothing names one', () => {
    assert.deepEqual(settings({}).key, { kind: 'beside-the-ledger' });
  });

  it('comes from one place only', () => {
    const all = {
      HARDLINE_CHECKPOINT_KEY_FILE: '/run/key.pem',
      HARDLINE_CHECKPOINT_KEY: pem,
      HARDLINE_CHECKPOINT_KEY_VAULT: VAULT,
    };
    const [problem = '', ...more] = problemsWith(all);
    assert.match(problem, /^HARDLINE_CHECKPOINT_KEY_FILE: .*HARDLINE_CHECKPOINT_KEY and HARDLINE_CHECKPOINT_KEY_VAULT/);
    assert.deepEqual(more, []);
  });

  it('of another kind is refused at the start, and no part of it is repeated', () => {
    const wrong = [
      p256.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'hello',
      'aGVsbG8=',
    ];
    for (const text of wrong) {
      const problems = problemsWith({ HARDLINE_CHECKPOINT_KEY: text });
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^HARDLINE_CHECKPOINT_KEY: holds no Ed25519 private key/);
      assert.ok(!problems[0]?.includes(text.slice(0, 20)));
    }
    for (const address of [
      'http://helpdesk.vault.azure.net/secrets/x',
      'https://helpdesk.vault.azure.net/keys/x',
      `${VAULT}?x=1`,
      'x',
    ])
      assert.match(problemsWith({ HARDLINE_CHECKPOINT_KEY_VAULT: address }).join(), /must be the address of a secret/);
  });
});

describe('The places where checkpoints are kept', () => {
  it('are none by themselves, beside the log and the daily card', () => {
    const { key: _key, ...places } = settings({});
    assert.deepEqual(places, { file: null, container: null, bucket: null, leadsGetOneADay: false });
  });

  it('are named one by one', () => {
    const { file, container, bucket } = settings({
      HARDLINE_CHECKPOINT_FILE: '/var/log/hardline/checkpoints.jsonl',
      HARDLINE_CHECKPOINT_CONTAINER: 'https://helpdesk.blob.core.windows.net/checkpoints',
      HARDLINE_CHECKPOINT_BUCKET: 'helpdesk-checkpoints',
      HARDLINE_CHECKPOINT_BUCKET_REGION: 'eu-central-1',
    });
    assert.equal(file, '/var/log/hardline/checkpoints.jsonl');
    assert.equal(container, 'https://helpdesk.blob.core.windows.net/checkpoints');
    assert.deepEqual(bucket, { bucket: 'helpdesk-checkpoints', region: 'eu-central-1', endpoint: null, keepDays: 400 });
  });

  it('are refused when something is missing, or would go over the network in clear text', () => {
    const wrong: readonly (readonly [Values, RegExp])[] = [
      [{ HARDLINE_CHECKPOINT_BUCKET: 'helpdesk' }, /^HARDLINE_CHECKPOINT_BUCKET_REGION: missing/],
      [{ HARDLINE_CHECKPOINT_CONTAINER: 'http://helpdesk.blob.core.windows.net/x' }, /^HARDLINE_CHECKPOINT_CONTAINER:/],
      [
        { HARDLINE_CHECKPOINT_CONTAINER: 'https://helpdesk.blob.core.windows.net/x?sig=1' },
        /^HARDLINE_CHECKPOINT_CONTAINER:/,
      ],
      [{ HARDLINE_CHECKPOINT_BUCKET_ENDPOINT: 'http://storage.example' }, /^HARDLINE_CHECKPOINT_BUCKET_ENDPOINT:/],
      [{ HARDLINE_CHECKPOINT_BUCKET_DAYS: '0' }, /^HARDLINE_CHECKPOINT_BUCKET_DAYS:/],
    ];
    for (const [values, says] of wrong) assert.match(problemsWith(values).join('\n'), says);
  });
});
