/**
 * Which directory roles a policy may call harmless. This is a list of what is allowed: a role that is not on it is
 * refused, also one that Microsoft adds later. A role of the own tenant is refused as well, because whoever edits it can
 * give it any right afterwards, and nothing here would notice.
 */
import { HARMLESS_ROLES } from '../procedure/policy.ts';

/** Roles that cannot change any account, nor see anything about sign-ins, beside those that are harmless by default. */
const ALSO_HARMLESS: readonly string[] = [
  'e8cef6f1-e4bd-4ea8-bc07-4b8d950f4477', // Printer Technician
  '644ef478-e28f-4e28-b9dc-3fdde9aa0b1f', // Printer Administrator
  '8835291a-918c-4fd7-a9ce-faa49f0cf7d9', // Search Editor
];

/** The names of roles that somebody might list by mistake, so that the message can say which one it is. */
const NEVER_HARMLESS: Readonly<Record<string, string>> = {
  '62e90394-69f5-4237-9190-012177145e10': 'Global Administrator',
  'e8611ab8-c189-46e8-94e1-60213ab1f814': 'Privileged Role Administrator',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': 'Privileged Authentication Administrator',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': 'Authentication Administrator',
  '0526716b-113d-4c15-b2c8-68e3c22b9f80': 'Authentication Policy Administrator',
  'fe930be7-5e62-47db-91af-98c3a49a38b1': 'User Administrator',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': 'Helpdesk Administrator',
  '966707d0-3269-4727-9be2-8c3a10f19b9d': 'Password Administrator',
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451': 'Global Reader',
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': 'Application Administrator',
  '158c047a-c907-4556-b7ef-446551a6b5f7': 'Cloud Application Administrator',
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9': 'Conditional Access Administrator',
  '194ae4cb-b126-40b2-bd5b-6091b380977d': 'Security Administrator',
  'fdd7a751-b60b-444a-984c-02652fe8fa1c': 'Groups Administrator',
  '29232cdf-9323-42fd-ade2-1d097af3e4de': 'Exchange Administrator',
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c': 'SharePoint Administrator',
  '3a2c62db-5318-420d-8d74-23affee5d9d5': 'Intune Administrator',
};

/** Why a role (its template id) may not be called harmless; `null` when it may. */
export function notHarmless(role: string): string | null {
  const id = role.toLowerCase();
  if (HARMLESS_ROLES.includes(id) || ALSO_HARMLESS.includes(id)) return null;
  const name = NEVER_HARMLESS[id];
  return name === undefined
    ? 'is no built-in role that is known to be harmless. A role of your own tenant cannot be listed, because its rights can change.'
    : `${name} can change accounts or see how people sign in, so it can never be listed.`;
}
