/**
 * Directory roles a person holds or can activate. A role counts wherever it shows up, and one unread source makes the
 * whole result unread.
 *
 * A role reaches people through a group only if the group is role-assignable, and being a member or owner of such a
 * group already stops a pass (groups.ts). So the roles of a caller's groups are not read in a second round trip: they
 * could only add another reason to a case that is stopped anyway.
 */
import { z } from 'zod';
import type { PersonId, Reading, RoleFact } from '../procedure/facts.ts';
import { read, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { EVENTUAL, literal, path, segment } from './odata.ts';
import { id, wholeList } from './shapes.ts';

// Without the permission to read roles, Graph lists them with null properties. Such an entry has no `roleTemplateId`,
// and then the whole list counts as unread.
const heldRole = z.looseObject({ roleTemplateId: id, displayName: z.string().nullish() });

const assignment = z.looseObject({
  roleDefinitionId: id,
  roleDefinition: z.looseObject({ templateId: id.nullish(), displayName: z.string().nullish() }).nullish(),
});

const heldRoles = wholeList(heldRole);
const assignments = wholeList(assignment);

/** Reads for the batch that opens a case. */
export function roleParts(person: PersonId) {
  const principal = `principalId eq ${literal(segment(person))}`;
  const byPrincipal = (resource: string): Part => ({
    path: path(`/roleManagement/directory/${resource}`, { $filter: principal, $expand: 'roleDefinition' }),
  });
  return {
    heldRoles: {
      path: path(`/users/${segment(person)}/transitiveMemberOf/microsoft.graph.directoryRole`, {
        $select: 'id,displayName,roleTemplateId',
        $count: 'true',
      }),
      headers: EVENTUAL,
    },
    assignedRoles: byPrincipal('roleAssignments'),
    activatedRoles: byPrincipal('roleAssignmentScheduleInstances'),
    eligibleRoles: byPrincipal('roleEligibilityScheduleInstances'),
  } satisfies Record<string, Part>;
}

/** Roles held directly and through groups, in one call. It is a beta call, so it adds to the v1.0 reads and replaces none. */
export function askTransitiveRoles(client: GraphClient, person: PersonId): Promise<Answer> {
  return client.ask({
    call: 'read-roles-through-groups',
    method: 'GET',
    version: 'beta',
    path: path('/roleManagement/directory/transitiveRoleAssignments', {
      $count: 'true',
      $filter: `principalId eq ${literal(segment(person))}`,
      $expand: 'roleDefinition',
    }),
    headers: EVENTUAL,
  });
}

function rolesIn(answer: Answer, how: RoleFact['how']): Reading<readonly RoleFact[]> {
  const list = readingOf(answer, assignments);
  if (list.kind !== 'read') return list;
  return read(
    list.value.map(({ roleDefinitionId, roleDefinition }) => ({
      templateId: roleDefinition?.templateId ?? roleDefinitionId,
      name: roleDefinition?.displayName ?? 'role without a name',
      how,
    })),
  );
}

function once(roles: readonly RoleFact[]): readonly RoleFact[] {
  return [...new Map(roles.map((role) => [role.templateId, role])).values()];
}

/**
 * Roles held now. Without the plan for PIM (P2) there are no activated ones, and the other reads are enough. The beta
 * read adds what it finds. If it fails, the stop for role-assignable groups still covers what it would have found.
 */
export function activeRolesOf(
  answers: Readonly<Record<'heldRoles' | 'assignedRoles' | 'activatedRoles', Answer>>,
  throughGroups: Answer,
): Reading<readonly RoleFact[]> {
  const held = readingOf(answers.heldRoles, heldRoles);
  if (held.kind !== 'read') return held;
  const assigned = rolesIn(answers.assignedRoles, 'active');
  if (assigned.kind !== 'read') return assigned;
  const activated = rolesIn(answers.activatedRoles, 'active');
  if (activated.kind !== 'read' && activated.why !== 'not-licensed') return activated;
  const transitive = rolesIn(throughGroups, 'active');
  return read(
    once([
      ...held.value.map((role) => ({
        templateId: role.roleTemplateId,
        name: role.displayName ?? 'role without a name',
        how: 'active' as const,
      })),
      ...assigned.value,
      ...(activated.kind === 'read' ? activated.value : []),
      ...(transitive.kind === 'read' ? transitive.value : []),
    ]),
  );
}

/** Roles the person could activate. `not-licensed` when the tenant has no PIM; then nobody is eligible for a role. */
export function eligibleRolesOf(answer: Answer): Reading<readonly RoleFact[]> {
  const eligible = rolesIn(answer, 'eligible');
  return eligible.kind === 'read' ? read(once(eligible.value)) : eligible;
}
