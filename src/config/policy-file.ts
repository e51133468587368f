/**
 * The policy file: JSON with the figures a lead wants to change. Whatever it leaves out keeps the default from the
 * guides. An unknown name or a figure out of range stops the start, because a typo must not loosen a rule.
 */
import { z } from 'zod';
import type { Problems } from './environment.ts';
import { DEFAULT_POLICY, type Policy } from '../procedure/policy.ts';

const minutes = (least: number, most: number) => z.number().int().min(least).max(most);
const reason = z.enum([
  'proof-not-by-callback',
  'third-contact-in-a-day',
  'medium-risk',
  'vip',
  'close-to-technician',
  'elevated-mode',
  'spike-mode',
  'out-of-hours',
]);
const choice = z.enum(['stop', 'go-on', 'second-person']);

const POLICY_FILE = z.strictObject({
  requiredMethods: z.union([z.literal(1), z.literal(2)]).optional(),
  passwordWriteback: z.boolean().optional(),
  proofValidMinutes: minutes(1, 10).optional(),
  numberSettledDays: z.number().int().min(1).max(365).optional(),
  managerAnswerMinutes: minutes(1, 60).optional(),
  approvalValidMinutes: minutes(1, 60).optional(),
  passLifetimeMinutes: minutes(10, 480).optional(),
  oneTimePass: z.boolean().optional(),
  settleSeconds: z.number().int().min(10).max(600).optional(),
  orderPatienceSeconds: z.number().int().min(20).max(600).optional(),
  idleMinutes: minutes(5, 480).optional(),
  selfServiceMinutes: minutes(5, 480).optional(),
  contactsForRisk: z.number().int().min(1).max(20).optional(),
  harmlessRoles: z.array(z.guid()).optional(),
  places: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  secondPersonFor: z.array(reason).optional(),
  helpdeskAccounts: z.enum(['lead', 'never']).optional(),
  noSticksHours: z.number().int().min(1).max(720).optional(),
  whenNotLicensed: z.strictObject({ risk: choice, eligibility: choice }).optional(),
  officeHours: z
    .strictObject({
      timeZone: z.string(),
      days: z.array(z.number().int().min(1).max(7)).min(1),
      fromHour: z.number().int().min(0).max(23),
      toHour: z.number().int().min(1).max(24),
    })
    .nullable()
    .optional(),
});

/** Reads the policy. Without a file: the defaults. If it cannot be used: `null`, and the reasons in `problems`. */
export function readPolicy(
  file: string | undefined,
  read: (file: string) => string,
  problems: Problems,
): Policy | null {
  if (file === undefined) return DEFAULT_POLICY;
  let raw: unknown;
  try {
    raw = JSON.parse(read(file));
  } catch (error) {
    problems.set(
      'HARDLINE_POLICY_FILE',
      `cannot be read as JSON (${error instanceof Error ? error.name : 'unknown'}).`,
    );
    return null;
  }
  const parsed = POLICY_FILE.safeParse(raw);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) problems.set(`policy file, ${path.join('.')}`, message);
    return null;
  }
  const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_POLICY, ...given };
}
