/**
 * Every route of the emulated Graph, in one list. What is not listed does not exist, and nothing on the list sets a
 * password.
 */
import type { Route } from './exchange.ts';
import { appRoutes } from './app-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { deltaRoutes } from './delta-routes.ts';
import { groupAccessRoutes } from './group-access-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { membershipRoutes } from './membership-routes.ts';
import { methodRoutes } from './method-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { passRoutes } from './pass-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { riskRoutes } from './risk-routes.ts';
import { roleRoutes } from './role-routes.ts';
import { userRoutes } from './user-routes.ts';

/** All of them. */
export const allRoutes: readonly Route[] = [
  ...deltaRoutes, // before users/{user}
  ...userRoutes,
  ...membershipRoutes,
  ...groupRoutes,
  ...groupAccessRoutes,
  ...methodRoutes,
  ...passRoutes,
  ...policyRoutes,
  ...roleRoutes,
  ...reportRoutes,
  ...auditRoutes,
  ...riskRoutes,
  ...organizationRoutes,
  ...appRoutes,
];
