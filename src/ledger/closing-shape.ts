/**
 * Why a case closed, as the database gives it back.
 */
import { z } from 'zod';
import type { AbandonReason, Closing, EscalationReason } from '../procedure/case.ts';
import type { RetiredStopCode, Stop, StopCode } from '../procedure/stops.ts';
import { exactly, instant, label, listOf, oneOf } from './facts-shape.ts';

const stop = exactly<Stop>({
  code: oneOf<StopCode | RetiredStopCode>({
    'caller-is-the-technician': true,
    'account-disabled': true,
    'external-guest': true,
    'caller-objected': true,
    'confirmed-compromised': true,
    'high-risk': true,
    'privileged-role': true,
    'eligible-for-privileged-role': true,
    'role-assignable-group': true,
    'protected-group': true,
    'helpdesk-account': true,
    'management-restricted': true,
    'pass-policy-off': true,
    'outside-pass-policy': true,
    lockdown: true,
    'account-unread': true,
    'methods-unread': true,
    'roles-unread': true,
    'eligibility-unread': true,
    'groups-unread': true,
    'pass-policy-unread': true,
    'risk-unread': true,
    'history-unread': true,
  }),
  reach: oneOf<Stop['reach']>({ case: true, pass: true }),
  detail: label,
});

type Closed<Outcome extends Closing['outcome']> = Extract<Closing, { outcome: Outcome }>;
type PasswordSet = Extract<Closing, { because: 'password-set' }>;

const closings: { readonly [Outcome in Closing['outcome']]: z.ZodType<Closed<Outcome>> } = {
  resolved: z.union([
    exactly<Exclude<Closed<'resolved'>, PasswordSet>>({
      outcome: z.literal('resolved'),
      because: oneOf<Exclude<Closed<'resolved'>, PasswordSet>['because']>({
        'self-service-succeeded': true,
        'methods-registered': true,
      }),
    }),
    exactly<PasswordSet>({ outcome: z.literal('resolved'), because: z.literal('password-set'), setAt: instant }),
  ]),
  escalated: exactly({
    outcome: z.literal('escalated'),
    because: oneOf<EscalationReason>({
      stopped: true,
      'someone-else-answered': true,
      'caller-objected': true,
      'approval-denied': true,
      'no-proof-possible': true,
      'self-service-keeps-failing': true,
      'technician-unsure': true,
    }),
    stops: listOf(stop),
  }),
  abandoned: exactly({
    outcome: z.literal('abandoned'),
    because: oneOf<AbandonReason>({
      'caller-hung-up': true,
      'caller-found-another-way': true,
      'opened-by-mistake': true,
    }),
  }),
  expired: exactly({
    outcome: z.literal('expired'),
    because: oneOf<Closed<'expired'>['because']>({ 'nobody-acted': true, 'pass-expired': true }),
  }),
};
/** Why a case closed. */
export const closing: z.ZodType<Closing> = z.union(Object.values(closings));
