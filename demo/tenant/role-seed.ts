/**
 * The part of a seed that says who holds which role, and who is in which group by PIM.
 */
import { z } from 'zod';
import { DIRECTORY_ROLES } from './directory-roles.ts';
import { guid } from './method-seed.ts';

/** The display name of a built-in role. */
export const roleName = z
  .string()
  .refine((name) => name in DIRECTORY_ROLES, 'is no role this emulator knows')
  .describe('display name of a built-in directory role, for instance "Global Administrator"');

const held = {
  principal: guid.describe('person or group that holds it'),
  how: z
    .enum(['assigned', 'activated', 'eligible'])
    .default('assigned')
    .describe('for good, by PIM now, or activatable'),
  scope: z.string().default('/').describe('"/" or "/administrativeUnits/{id}"'),
};

/** Built-in roles and who holds them. */
export const rolesSeed = z
  .array(z.strictObject({ role: roleName, ...held }))
  .default([])
  .describe('directory roles');

/** Roles made in this tenant, each with who holds it. */
export const customRolesSeed = z
  .array(
    z.strictObject({
      id: guid,
      displayName: z.string().describe('name of the role'),
      holders: z.array(z.strictObject(held)).default([]).describe('who holds it'),
    }),
  )
  .default([])
  .describe('custom directory roles');

/** Membership and ownership of groups through PIM. */
export const groupAccessSeed = z
  .array(
    z.strictObject({
      principal: guid.describe('the person, or a group whose members it is for'),
      group: guid.describe('the group'),
      access: z.enum(['member', 'owner']).default('member').describe('what they are or can become'),
      how: z.enum(['assigned', 'activated', 'eligible']).default('eligible').describe('as for roles'),
    }),
  )
  .default([])
  .describe('PIM for Groups');
