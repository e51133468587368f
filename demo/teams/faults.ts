/**
 * What can go wrong between the bot and a person in Teams, as switches per person. Every fault answers exactly as the
 * real service does, including the code and the headers.
 */
import type { Answer } from './http.ts';
import type { Reach } from './reach.ts';

/** Every kind of fault. */
export const FAULT_KINDS = [
  'not-installed',
  'blocked-by-user',
  'disabled-by-admin',
  'conversation-not-found',
  'activity-not-found',
  'precondition-failed',
  'throttled',
  'throttled-without-hint',
  'service-error',
  'bad-gateway',
  'unavailable',
  'hang',
] as const;

/** A kind of fault. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The calls to which a fault can apply. */
export const OPERATIONS = ['any', 'create', 'send', 'replace', 'delete', 'members'] as const;

/** An operation of the connector, or all of them. */
export type Operation = (typeof OPERATIONS)[number];

/** A fault that is set. */
interface FaultSwitch {
  readonly kind: FaultKind;
  readonly on: Operation;
  /** How often it applies; `null`: until it is cleared. */
  readonly times: number | null;
  /** For `throttled`, in seconds. */
  readonly retryAfterSeconds: number;
}

const problem = (status: number, code: string, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  json: { error: { code, message } },
  headers,
});

const NO_APP = problem(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
const BLOCKED = problem(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.');

/** The bot's answer if somebody has no app or has blocked it; `null` if it can reach them. */
export function refusalOf(reach: Reach): Answer | null {
  switch (reach) {
    case 'has-app':
      return null;
    case 'no-app':
      return NO_APP;
    case 'blocked':
      return BLOCKED;
  }
}

/** The answer of a fault; `hang` for one that never answers. */
export function answerOf(fault: FaultSwitch): Answer | 'hang' {
  switch (fault.kind) {
    case 'not-installed':
      return NO_APP;
    case 'blocked-by-user':
      return BLOCKED;
    case 'disabled-by-admin':
      return problem(403, 'BotDisabledByAdmin', 'The tenant admin disabled this bot.');
    case 'conversation-not-found':
      return problem(404, 'ConversationNotFound', 'Conversation not found.');
    case 'activity-not-found':
      return problem(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');
    case 'precondition-failed':
      return problem(412, 'PreconditionFailed', 'Precondition failed, please try again.');
    case 'throttled':
      return problem(429, 'Throttled', 'Too many requests.', { 'retry-after': String(fault.retryAfterSeconds) });
    case 'throttled-without-hint':
      return problem(429, 'Throttled', 'Too many requests.');
    case 'service-error':
      return problem(500, 'ServiceError', 'An internal server error occurred.');
    case 'bad-gateway':
      return problem(502, 'ServiceError', 'A dependency of the service failed.');
    case 'unavailable':
      return problem(503, 'ServiceUnavailable', 'The service is not available.');
    case 'hang':
      return 'hang';
  }
}

/** The faults of all people. */
export interface Faults {
  set(person: string, fault: FaultSwitch | null): void;
  of(person: string): FaultSwitch | null;
  /** The fault for this operation, counted down; `null` when there is none. */
  take(person: string, operation: Operation): FaultSwitch | null;
}

/** Creates the switches, with no fault set. */
export function createFaults(): Faults {
  const switches = new Map<string, FaultSwitch>();
  return {
    set: (person, fault) => {
      if (fault === null) switches.delete(person);
      else switches.set(person, fault);
    },
    of: (person) => switches.get(person) ?? null,
    take: (person, operation) => {
      const fault = switches.get(person);
      if (fault === undefined || (fault.on !== 'any' && fault.on !== operation)) return null;
      if (fault.times === null) return fault;
      if (fault.times <= 1) switches.delete(person);
      else switches.set(person, { ...fault, times: fault.times - 1 });
      return fault;
    },
  };
}
