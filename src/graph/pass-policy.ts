/**
 * The tenant's policy for Temporary Access Passes, applied to one caller. Exclusion wins, and only people the policy
 * names are in scope.
 */
import { z } from 'zod';
import type { PassPolicyFacts, PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, read } from './answer.ts';
import type { Memberships } from './groups.ts';
import { path } from './odata.ts';
import { id } from './shapes.ts';

const minutes = z.int().min(1).max(43_200);
const target = z.looseObject({ targetType: z.string(), id });

/** The shape of the policy. Its targets are required, because they say who is in scope. */
export const passPolicyShape = z.looseObject({
  state: z.string(),
  defaultLifetimeInMinutes: minutes,
  minimumLifetimeInMinutes: minutes,
  maximumLifetimeInMinutes: minutes,
  isUsableOnce: z.boolean(),
  includeTargets: z.array(target),
  excludeTargets: z
    .array(target)
    .nullish()
    .transform((targets) => targets ?? []),
});

/** The policy as Graph returns it. */
type PassPolicy = z.output<typeof passPolicyShape>;

/** The path of the policy. */
export const PASS_POLICY_PATH = path(
  '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass',
);

const ALL = 'all_users';

/** The groups whose members decide who is in scope. */
export function targetGroupsOf(policy: PassPolicy): readonly string[] {
  const targets = [...policy.includeTargets, ...policy.excludeTargets];
  const groups = targets.filter(({ targetType, id: group }) => targetType.toLowerCase() === 'group' && group !== ALL);
  return [...new Set(groups.map(({ id: group }) => group))];
}

/** The policy's facts about a caller with these memberships. */
export function passPolicyOf(
  policy: Reading<PassPolicy>,
  caller: PersonId,
  memberships: Reading<Memberships>,
): Reading<PassPolicyFacts> {
  if (policy.kind !== 'read') return policy;
  const { includeTargets, excludeTargets, ...limits } = policy.value;
  const facts = (inScope: boolean): PassPolicyFacts => ({
    enabled: limits.state.toLowerCase() === 'enabled',
    callerInScope: inScope,
    minimumMinutes: limits.minimumLifetimeInMinutes,
    maximumMinutes: limits.maximumLifetimeInMinutes,
    defaultMinutes: limits.defaultLifetimeInMinutes,
    oneTimeOnly: limits.isUsableOnce,
  });
  if (limits.state.toLowerCase() !== 'enabled') return read(facts(false));
  return mapReading(memberships, ({ member }) => {
    const hit = (list: PassPolicy['includeTargets']): boolean =>
      list.some(({ id: who }) => who === ALL || who === caller || member.has(who));
    return facts(hit(includeTargets) && !hit(excludeTargets));
  });
}
