import assert from 'node:assert/strict';
import { readConfig } from '../../src/config/config.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { problemsWith } from './problems-with.ts';

const least = environmentFor('http://127.0.0.1:1', '.data');
const shipping = (values: Readonly<Record<string, string>>) => readConfig({ ...least, ...values }).shipping;
const problems = (values: Readonly<Record<string, string>>): readonly string[] =>
  problemsWith(() => readConfig({ ...least, ...values }));

describe('the settings of the shipping', () => {
  it('ship nowhere unless somebody says so, whatever a platform sets for OpenTelemetry', () => {
    const fromPlatform = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'nonsense',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TIMEOUT: 'soon',
      OTEL_EXPORTER_OTLP_HEADERS: '=',
    };
    assert.deepEqual(shipping(fromPlatform), { lines: null, otlp: null });
  });

  it('take the standard names of OpenTelemetry: the path is added to the general address, and the one for logs stands', () => {
    const general = { HARDLINE_SHIP_OTLP: 'yes', OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318/base/' };
    assert.equal(shipping(general).otlp?.url, 'https://collector.example:4318/base/v1/logs');
    const both = {
      ...general,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://logs.example/ingest?kind=otlp',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc%3D, x-team=helpdesk',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-team=security',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2500',
      HARDLINE_SHIP_LINES: 'stdout',
    };
    assert.deepEqual(shipping(both), {
      lines: 1,
      otlp: {
        url: 'https://logs.example/ingest?kind=otlp',
        headers: { authorization: 'Bearer abc=', 'x-team': 'security' },
        protocol: 'http/json',
        compression: 'gzip',
        timeoutMs: 2500,
        tls: { ca: null, cert: null, key: null },
      },
    });
  });

  it('take plain http for a collector on this machine alone', () => {
    const to = (url: string) => problems({ HARDLINE_SHIP_OTLP: 'yes', OTEL_EXPORTER_OTLP_ENDPOINT: url });
    for (const url of ['http://127.0.0.1:4318', 'http://localhost:4318', 'http://[::1]:4318'])
      assert.deepEqual(to(url), []);
    for (const url of ['http://collector:4318', 'http://10.0.0.1', 'http://localhost.example']) {
      assert.match(to(url).join(), /^OTEL_EXPORTER_OTLP_ENDPOINT: must begin with https/, url);
    }
  });

  it('stop the start when they cannot be used, and repeat no value', () => {
    const collector = { HARDLINE_SHIP_OTLP: 'yes', OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' };
    const all: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{ HARDLINE_SHIP_OTLP: 'yes' }, /^OTEL_EXPORTER_OTLP_ENDPOINT: missing/],
      [{ HARDLINE_SHIP_OTLP: 'maybe' }, /^HARDLINE_SHIP_OTLP: /],
      [
        { ...collector, OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://s3cret' },
        /^OTEL_EXPORTER_OTLP_ENDPOINT: must be an address/,
      ],
      [
        { ...collector, OTEL_EXPORTER_OTLP_ENDPOINT: 'https://u:s3cret@c' },
        /^OTEL_EXPORTER_OTLP_ENDPOINT: must hold no/,
      ],
      [{ ...collector, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 's3cret' }, /^OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: must be an/],
      [{ ...collector, OTEL_EXPORTER_OTLP_HEADERS: 's3cret' }, /^OTEL_EXPORTER_OTLP_HEADERS: must be name=value/],
      [{ ...collector, OTEL_EXPORTER_OTLP_HEADERS: 'a=s3cret%0d%0ab' }, /^OTEL_EXPORTER_OTLP_HEADERS: must be/],
      [{ ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^OTEL_EXPORTER_OTLP_PROTOCOL: must be http/],
      [
        { ...collector, OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' },
        /^OTEL_EXPORTER_OTLP_COMPRESSION: must be none or gzip/,
      ],
      [{ ...collector, OTEL_EXPORTER_OTLP_TIMEOUT: '5' }, /^OTEL_EXPORTER_OTLP_TIMEOUT: must be a whole/],
      [
        { ...collector, OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere/s3cret.pem' },
        /^OTEL_EXPORTER_OTLP_CERTIFICATE: there is/,
      ],
      [
        { ...collector, OTEL_EXPORTER_OTLP_CLIENT_KEY: '/nowhere/s3cret.pem' },
        /^OTEL_EXPORTER_OTLP_CLIENT_KEY: there is/,
      ],
      [
        { ...collector, OTEL_EXPORTER_OTLP_CLIENT_KEY: '/etc/passwd' },
        /^OTEL_EXPORTER_OTLP_CLIENT_KEY: others can read/,
      ],
      [{ HARDLINE_SHIP_LINES: 'ledger.jsonl' }, /^HARDLINE_SHIP_LINES: must be no, stdout or the number/],
      [{ HARDLINE_SHIP_LINES: '2' }, /^HARDLINE_SHIP_LINES: must be no, stdout or the number/],
      [{ HARDLINE_SHIP_LINES: '997' }, /^HARDLINE_SHIP_LINES: names a file that is not open/],
    ];
    for (const [values, problem] of all) {
      const found = problems(values);
      assert.equal(found.length, 1, found.join());
      assert.match(found[0]!, problem);
      assert.ok(!found[0]!.includes('s3cret'), found[0]);
    }
  });
});
