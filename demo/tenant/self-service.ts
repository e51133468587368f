/**
 * Self-service password reset at aka.ms/sspr, and what it writes to the audit log. The entries have Microsoft's own
 * texts, step by step, and one correlation id.
 */
import { isoTime } from './ages.ts';
import { changeDirectory } from './directory-changes.ts';
import { writeAudit } from './logs.ts';
import { resetMethods } from './report-routes.ts';
import type { PersonRecord, ResetFlow, World } from './world.ts';

/** How a run ends. `id-entered` and `in-progress` stop halfway; the next run continues from there. */
export const SELF_SERVICE_OUTCOMES = [
  'success',
  'id-entered',
  'in-progress',
  'abandoned',
  'not-enabled',
  'insufficient-methods',
  'no-license',
  'managed-on-premises',
  'on-premises-unreachable',
  'banned-password',
  'too-many-codes',
  'blocked',
] as const;

/** Name of an outcome. */
type SelfServiceOutcome = (typeof SELF_SERVICE_OUTCOMES)[number];

/** What happened. `outcome` may differ from the one asked for: nobody can reset without methods. */
export interface SelfServiceResult {
  readonly outcome: SelfServiceOutcome;
  readonly correlationId: string;
}

const SERVICE = 'Self-service Password Management';
const PROGRESS = 'Self-service password reset flow activity progress';
const RESET = 'Reset password (self-service)';

interface AuditStep {
  readonly activity: string;
  readonly result: 'success' | 'failure';
  readonly reason: string;
}

const progress = (reason: string, result: AuditStep['result'] = 'success'): AuditStep => ({
  activity: PROGRESS,
  result,
  reason,
});

const START = [progress('User submitted their user ID')];
const CHOICE = progress('User was presented with verification options');

/** Microsoft's reasons for a refusal right after the user id. */
const REFUSED: Partial<Record<SelfServiceOutcome, string>> = {
  'not-enabled': 'Password reset is not enabled for this user',
  'insufficient-methods':
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this",
  'no-license': 'User does not have a license. Add a license to the user to resolve this',
  'managed-on-premises': "User's password is managed on-premises. You can enable Password Writeback to resolve this",
};

/** Outcomes that come after the user ID, so they need an account that can reset. */
const AFTER_THE_ID: readonly SelfServiceOutcome[] = [
  'success',
  'in-progress',
  'abandoned',
  'banned-password',
  'too-many-codes',
  'on-premises-unreachable',
];

/**
 * Runs a reset as the person would, starting where the last run stopped.
 * If the account cannot reset, the run fails for that reason, whatever outcome was asked for.
 */
export function runSelfService(world: World, person: PersonRecord, wanted: SelfServiceOutcome): SelfServiceResult {
  const outcome = (AFTER_THE_ID.includes(wanted) ? obstacle(world, person) : null) ?? wanted;
  const flow = person.resetFlow;
  const correlationId = flow?.correlationId ?? world.newId();
  const option = optionWords(person);
  const verifying =
    flow?.reached === 'verifying' ? [] : [CHOICE, progress(`User started the ${option} verification option`)];
  const steps = [...(flow === null && outcome !== 'blocked' ? START : []), ...stepsOf(outcome, verifying, option)];
  for (const step of steps) {
    const who = { target: person.id, by: { person: person.id } };
    writeAudit(world, { service: SERVICE, ...step, ...who, correlationId, details: detailsOf(world, person, step) });
  }
  person.resetFlow = nextFlow(outcome, correlationId);
  if (outcome === 'success') passwordIsNew(world, person);
  return { outcome, correlationId };
}

function nextFlow(outcome: SelfServiceOutcome, correlationId: string): ResetFlow | null {
  if (outcome === 'id-entered') return { correlationId, reached: 'id-entered' };
  return outcome === 'in-progress' ? { correlationId, reached: 'verifying' } : null;
}

/** A reset with a second factor clears the risk. The values are Microsoft's. */
function passwordIsNew(world: World, person: PersonRecord): void {
  changeDirectory(world, person, { properties: { lastPasswordChangeDateTime: isoTime(world.now()) } });
  if (person.risk === null) return;
  const riskLastUpdatedDateTime = isoTime(world.now());
  const cleared = {
    riskLastUpdatedDateTime,
    riskDetail: 'userPerformedSecuredPasswordReset',
    riskState: 'remediated',
    riskLevel: 'none',
  };
  person.risk = { ...person.risk, ...cleared };
}

function obstacle(world: World, person: PersonRecord): SelfServiceOutcome | null {
  if (!person.ssprEnabled) return 'not-enabled';
  if (person.licenses.length === 0) return 'no-license';
  if (person.user['onPremisesSyncEnabled'] === true && !world.sspr.writeback) return 'managed-on-premises';
  return resetMethods(person).length < world.sspr.methodsRequired ? 'insufficient-methods' : null;
}

function stepsOf(outcome: SelfServiceOutcome, verifying: readonly AuditStep[], option: string): readonly AuditStep[] {
  const refused = REFUSED[outcome];
  if (refused !== undefined) return [progress(refused, 'failure')];
  switch (outcome) {
    case 'success':
      return [
        ...verifying,
        progress('User successfully reset password'),
        { activity: RESET, result: 'success', reason: 'Successfully completed reset.' },
      ];
    case 'in-progress':
      return verifying;
    case 'abandoned':
      return [...verifying, progress(`User abandoned after starting the ${option} verification option`, 'failure')];
    case 'banned-password':
      return [...verifying, { activity: RESET, result: 'failure', reason: 'FuzzyPolicyViolationInvalidPassword' }];
    case 'on-premises-unreachable':
      return [
        ...verifying,
        {
          activity: RESET,
          result: 'failure',
          reason: 'We could not reach your on-premises password reset service. Check the health of your sync machine',
        },
      ];
    case 'too-many-codes':
      return [
        ...verifying,
        progress('User entered too many invalid SMS verification codes and is blocked for 24 hours', 'failure'),
      ];
    case 'blocked':
      // The result is "success": the block succeeded.
      return [
        {
          activity: 'Blocked from self-service password reset',
          result: 'success',
          reason: 'User has been blocked from self-service password reset for 24 hours',
        },
      ];
    default:
      return [];
  }
}

function optionWords(person: PersonRecord): string {
  const [first] = resetMethods(person);
  if (first === 'email') return 'email';
  if (first === 'securityQuestion') return 'security questions';
  if (first === 'officePhone') return 'office voice call';
  return first === 'microsoftAuthenticatorPush' ? 'mobile app notification' : 'mobile SMS';
}

function detailsOf(world: World, person: PersonRecord, step: AuditStep): Record<string, string> {
  if (step.activity !== RESET) return {};
  const synced = person.user['onPremisesSyncEnabled'] === true && world.sspr.writeback;
  return { OnPremisesAgent: synced ? 'Microsoft Entra Connect' : 'None' };
}
