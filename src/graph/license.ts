/**
 * Whether the caller's plans include the self-service reset. A plan that is not listed here is shown without a
 * verdict. The result is advice; it never blocks anything.
 */
import { z } from 'zod';
import type { LicenseFacts } from '../procedure/diagnosis.ts';
import type { PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, readingOf } from './answer.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import { wholeList } from './shapes.ts';
import { oneLine } from './text.ts';

const MAX_PLANS = 5;
const NAME_CHARACTERS = 60;

/** Service plans that include the reset: Entra ID P1 and P2, also as part of Business Premium, Microsoft 365 and EMS. */
const RESET_SERVICE_PLANS = new Set(['AAD_PREMIUM', 'AAD_PREMIUM_P2']);

/**
 * Plans that include the reset for cloud-only people without Entra ID P1: Microsoft 365 Business Standard, and the
 * enterprise and frontline plans of Office 365. The free plan only covers changing a known password.
 */
const RESET_PLANS = new Set([
  'O365_BUSINESS_PREMIUM', // the old name of Business Standard
  'SMB_BUSINESS_PREMIUM',
  'STANDARDPACK',
  'ENTERPRISEPACK',
  'ENTERPRISEPREMIUM',
  'ENTERPRISEPREMIUM_NOPSTNCONF',
  'DESKLESSPACK',
]);

const planShape = z.looseObject({
  skuPartNumber: z.string(),
  servicePlans: z.array(z.looseObject({ servicePlanName: z.string(), provisioningStatus: z.string() })),
});

/** A service plan that an administrator turned off for this person does not count. */
function containsReset(plan: z.output<typeof planShape>): boolean {
  if (RESET_PLANS.has(plan.skuPartNumber.toUpperCase())) return true;
  return plan.servicePlans.some(
    ({ servicePlanName, provisioningStatus }) =>
      RESET_SERVICE_PLANS.has(servicePlanName.toUpperCase()) && !/^(disabled|error)$/i.test(provisioningStatus),
  );
}

/** The plans of a person; those that include the reset come first. */
export async function readLicense(client: GraphClient, caller: PersonId): Promise<Reading<LicenseFacts>> {
  const answer = await client.ask({
    call: 'read-license',
    method: 'GET',
    path: path(`/users/${segment(caller)}/licenseDetails`, { $select: 'skuPartNumber,servicePlans' }),
  });
  return mapReading(readingOf(answer, wholeList(planShape)), (plans) => {
    const deciding = plans.filter(containsReset);
    const others = plans.filter((plan) => !deciding.includes(plan));
    return {
      selfServiceReset: deciding.length > 0,
      plans: [...deciding, ...others]
        .slice(0, MAX_PLANS)
        .map(({ skuPartNumber }) => oneLine(skuPartNumber, NAME_CHARACTERS)),
    };
  });
}
