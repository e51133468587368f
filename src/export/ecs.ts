/**
 * Elastic Common Schema, one JSON document a line, ready for the bulk API. Fields of ECS are used as ECS defines them; what it
 * has no field for is under `hardline.`, as ECS asks of custom fields.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { SEVERITY_FIGURES } from './cef.ts';
import { idOf, timeOf } from './jsonl.ts';
import { meaningOf, type Kind } from './meanings.ts';

/** The version whose fields are used. */
const ECS_VERSION = '9.4.0';

interface Category {
  readonly kind: 'event' | 'alert';
  readonly category: readonly string[];
  readonly type: readonly string[];
}

/** Kinds as ECS categorizes events; the types are those that ECS expects beside the category. */
const CATEGORIES: Readonly<Record<Kind, Category>> = {
  step: { kind: 'event', category: ['iam'], type: ['info'] },
  read: { kind: 'event', category: ['api'], type: ['access'] },
  denied: { kind: 'event', category: ['api'], type: ['denied'] },
  no: { kind: 'event', category: ['iam'], type: ['info'] },
  'pass-made': { kind: 'event', category: ['iam'], type: ['user', 'creation'] },
  'pass-ended': { kind: 'event', category: ['iam'], type: ['user', 'deletion'] },
  'account-changed': { kind: 'event', category: ['iam'], type: ['user', 'change'] },
  'sessions-ended': { kind: 'event', category: ['session'], type: ['end'] },
  threat: { kind: 'alert', category: ['intrusion_detection'], type: ['info'] },
  mode: { kind: 'event', category: ['configuration'], type: ['change'] },
  ledger: { kind: 'event', category: ['database'], type: ['change'] },
  process: { kind: 'event', category: ['process'], type: ['info'] },
  other: { kind: 'event', category: ['api'], type: ['info'] },
};

/** What an event is called, and which version of Hardline writes it. */
export interface EcsNames {
  readonly nameOf: (code: string) => string;
  readonly version: string;
}

/** The entry as a document on one line, without the line break. */
export function ecsLine(entry: ChainedEntry, { nameOf, version }: EcsNames): string {
  const { kind, severity, outcome } = meaningOf(entry);
  const { kind: eventKind, category, type } = CATEGORIES[kind];
  const people = [entry.actor, entry.about].filter((id): id is NonNullable<typeof id> => id !== null);
  return JSON.stringify({
    '@timestamp': timeOf(entry),
    message: nameOf(entry.code),
    ecs: { version: ECS_VERSION },
    event: {
      kind: eventKind,
      category,
      type,
      outcome,
      action: entry.code,
      code: entry.code,
      id: idOf(entry),
      sequence: entry.seq,
      severity: SEVERITY_FIGURES[severity],
      hash: entry.hash,
      module: 'hardline',
      dataset: 'hardline.ledger',
      provider: 'hardline',
    },
    service: { name: 'hardline', version },
    user: { id: entry.actor, ...(entry.about !== null && { target: { id: entry.about } }) },
    related: { user: [...new Set(people)] },
    labels: labelsOf(entry.detail),
    hardline: {
      origin: entry.origin,
      severity,
      ...(entry.caseId !== null && { case: { id: entry.caseId } }),
      ...(entry.intentId !== null && { intent: { id: entry.intentId } }),
      erased: entry.detail === null,
      ...(entry.detail !== null && { detail: JSON.stringify(entry.detail) }),
    },
  });
}

/**
 * The fields of the detail as labels. ECS keeps every label as a keyword, so they are all text here: a field that is a number
 * in one entry and text in another must not make Elasticsearch refuse a document.
 */
function labelsOf(detail: ChainedEntry['detail']): Readonly<Record<string, string | readonly string[]>> {
  const filled = Object.entries(detail ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(filled.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]));
}
