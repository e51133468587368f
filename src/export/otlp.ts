/**
 * A collector as a destination, after the OTLP specification: what is answered with success is there, unless the answer says
 * that records were rejected; 400, 413 and 422 are about what was sent, and everything else is over after a while or when
 * somebody corrects a setting. An answer that is none of OTLP, such as the page of a proxy, confirms nothing.
 */
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import { z } from 'zod';
import type { Destination, Sent } from './destination.ts';
import { otlpRequests, type RecordNames } from './otlp-records.ts';
import { connectTo, type Answer } from './collector-connection.ts';
import type { OtlpSettings } from './settings.ts';

/** Answers about the content of a request: the same request would be refused again. */
const REFUSED = new Set([400, 413, 422]);

/** Makes the destination. `now`: the time of day, for a `Retry-After` that is a date. Throws when a TLS file cannot be read. */
export function otlpCollector(settings: OtlpSettings, names: RecordNames, now: () => number): Destination {
  const collector = connectTo(settings);
  const { contentType, bodyOf } = otlpRequests(settings.protocol, names);
  return {
    name: 'otlp',
    async send(entries) {
      if (entries.length === 0) return { kind: 'accepted' };
      return sentAs(await collector.send(bodyOf(entries), contentType), now);
    },
    close: () => {
      collector.close();
    },
  };
}

function sentAs(answer: Answer, now: () => number): Sent {
  if (answer.kind === 'not-answered') return { kind: 'later', why: answer.why, afterMs: null, arrived: 0 };
  const { status } = answer;
  if (status >= 200 && status <= 299) {
    const rejected = rejectedIn(answer);
    if (rejected === null) return { kind: 'later', why: 'not-an-otlp-answer', afterMs: null, arrived: 0 };
    return rejected > 0 ? { kind: 'refused', why: 'rejected' } : { kind: 'accepted' };
  }
  if (REFUSED.has(status)) return { kind: 'refused', why: `status-${status}` };
  return { kind: 'later', why: `status-${status}`, afterMs: pauseIn(answer.retryAfter, now()), arrived: 0 };
}

const answerShape = z.object({
  partialSuccess: z.object({ rejectedLogRecords: z.coerce.number().default(0) }).nullish(),
});

/** How many records the collector did not take. `null`: this is no answer of a collector. */
function rejectedIn({ body, contentType }: Answer & { kind: 'answered' }): number | null {
  if (body.length === 0) return 0;
  try {
    const read: unknown = contentType.includes('json')
      ? JSON.parse(body.toString('utf8'))
      : contentType.includes('protobuf')
        ? ProtobufLogsSerializer.deserializeResponse(body)
        : null;
    return answerShape.parse(read).partialSuccess?.rejectedLogRecords ?? 0;
  } catch {
    return null;
  }
}

/** `Retry-After` in milliseconds: seconds, or a date. `null` when it is neither, or over already. */
function pauseIn(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  const pause = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return pause > 0 ? pause : null;
}
