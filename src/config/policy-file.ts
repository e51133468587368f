/**
 * The policy file: JSON with the figures a lead wants to change. Whatever it leaves out keeps the default from the
 * guides. An unknown name or a figure out of range stops the start, because a typo must not loosen a rule.
 */
import { z } from 'zod';
import type { Problems } from './environment.ts';
import { noSuchName, printable } from './names.ts';
import { wrongWith } from './sentences.ts';
import { DEFAULT_POLICY, type Policy } from '../procedure/policy.ts';

const minutes = (least: number, most: number) => z.number().int().min(least).max(most);
const reason = z.enum([
  'proof-not-by-callback',
  'shared-number',
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
  requiredMethods: z.literal([1, 2]).optional(),
  passwordWriteback: z.boolean().optional(),
  proofValidMinutes: minutes(1, 10).optional(),
  numberSettledDays: z.number().int().min(1).max(365).optional(),
  callbackAtLeastSeconds: z.number().int().min(0).max(120).optional(),
  managerAnswerMinutes: minutes(1, 60).optional(),
  approvalValidMinutes: minutes(1, 60).optional(),
  passLifetimeMinutes: minutes(10, 480).optional(),
  oneTimePass: z.boolean().optional(),
  settleSeconds: z.number().int().min(10).max(600).optional(),
  orderPatienceSeconds: z.number().int().min(20).max(600).optional(),
  idleMinutes: minutes(5, 480).optional(),
  selfServiceMinutes: minutes(5, 480).optional(),
  objectionDays: z.number().int().min(1).max(90).optional(),
  contactsForRisk: z.number().int().min(1).max(5).optional(),
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
    for (const issue of parsed.error.issues) noteIssue(issue, problems);
    return null;
  }
  const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_POLICY, ...given };
}

/** One line for each name that is not known, and for each value that is out of bounds. */
function noteIssue(issue: z.core.$ZodIssue, problems: Problems): void {
  const at = issue.path.map((part) => printable(String(part)));
  if (issue.code !== 'unrecognized_keys') {
    problems.set(['policy file', at.join('.')].filter((part) => part !== '').join(', '), wrongWith(issue));
    return;
  }
  const known = namesAt(issue.path);
  for (const key of issue.keys) {
    problems.set(
      `policy file, ${[...at, printable(key)].join('.')}`,
      noSuchName(key, known, 'there is no such name.', '.env.example lists what the file may hold.'),
    );
  }
}

/** The names that are known at a place in the file. */
function namesAt(path: readonly PropertyKey[]): readonly string[] {
  return Object.keys(path.reduce<Forms>((forms, part) => formsIn(forms[String(part)]), POLICY_FILE.shape));
}

type Forms = Readonly<Record<string, z.core.$ZodType>>;

/** The forms of the names inside of a form that may be left out; none when it is no object. */
function formsIn(form: z.core.$ZodType | undefined): Forms {
  if (form instanceof z.ZodOptional || form instanceof z.ZodNullable) return formsIn(form.unwrap());
  return form instanceof z.ZodObject ? form.shape : {};
}
