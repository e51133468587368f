/**
 * Entries as OpenTelemetry log records. `log.record.uid` is OpenTelemetry's own attribute for the id by which a receiver may
 * drop a record that it has already.
 */
import { SeverityNumber } from '@opentelemetry/api-logs';
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { idOf } from './jsonl.ts';
import { meaningOf, type Severity } from './meanings.ts';
import type { OtlpSettings } from './settings.ts';

const SEVERITIES: Readonly<Record<Severity, SeverityNumber>> = {
  info: SeverityNumber.INFO,
  notice: SeverityNumber.INFO2,
  warning: SeverityNumber.WARN,
  alarm: SeverityNumber.ERROR,
};

/** What records are called, and which version of Hardline writes them. */
export interface RecordNames {
  readonly nameOf: (code: string) => string;
  readonly version: string;
}

/** Makes the function that writes a request with entries in it. */
export function otlpRequests(
  protocol: OtlpSettings['protocol'],
  { nameOf, version }: RecordNames,
): { readonly contentType: string; readonly bodyOf: (entries: readonly ChainedEntry[]) => Uint8Array } {
  const serializer = protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer;
  const resource = resourceFromAttributes({ 'service.name': 'hardline', 'service.version': version });
  const instrumentationScope = { name: 'hardline.ledger', version };
  return {
    contentType: protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
    bodyOf(entries) {
      const records = entries.map((entry) => ({ ...recordOf(entry, nameOf), resource, instrumentationScope }));
      const body = serializer.serializeRequest(records);
      if (body === undefined) throw new Error('OpenTelemetry wrote no request');
      return body;
    },
  };
}

function recordOf(
  entry: ChainedEntry,
  nameOf: (code: string) => string,
): Omit<ReadableLogRecord, 'resource' | 'instrumentationScope'> {
  const { severity, outcome } = meaningOf(entry);
  const at: [number, number] = [Math.floor(entry.at / 1000), (entry.at % 1000) * 1_000_000];
  return {
    hrTime: at,
    hrTimeObserved: at,
    severityNumber: SEVERITIES[severity],
    severityText: severity,
    eventName: entry.code,
    body: nameOf(entry.code),
    attributes: {
      'log.record.uid': idOf(entry),
      'user.id': entry.actor,
      'hardline.origin': entry.origin,
      'hardline.seq': entry.seq,
      'hardline.hash': entry.hash,
      'hardline.code': entry.code,
      'hardline.outcome': outcome,
      'hardline.erased': entry.detail === null,
      ...(entry.about !== null && { 'hardline.about': entry.about }),
      ...(entry.caseId !== null && { 'hardline.case': entry.caseId }),
      ...(entry.intentId !== null && { 'hardline.intent': entry.intentId }),
      ...(entry.detail !== null && { 'hardline.detail': JSON.stringify(entry.detail) }),
    },
    droppedAttributesCount: 0,
  };
}
