/**
 * The shapes of Graph's answers, as far as the bot uses them. Unknown properties are ignored; wrong types and missing
 * properties are not accepted, and neither is a list that has further pages where the whole list is needed.
 */
import { z } from 'zod';
import type { Instant } from '../procedure/facts.ts';

/** An ISO time (Graph writes up to seven decimals) as milliseconds. The year 1, which means never, becomes 1970. */
export const instant = z.string().transform((text, context) => {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) {
    context.addIssue({ code: 'custom', message: 'not a time' });
    return z.NEVER;
  }
  return Math.max(0, milliseconds) as Instant;
});

/** Ids are compared as text, so they are all in lower case. */
export const id = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase());

/** The id of a person or a group: a GUID, and nothing else. */
export const guid = id.pipe(z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/** A complete list. An answer with further pages is not accepted: half a list of roles does not prove anything. */
export function wholeList<T>(item: z.ZodType<T>) {
  return z
    .looseObject({ value: z.array(item), '@odata.nextLink': z.undefined().optional() })
    .transform((list) => list.value);
}

/** One page of a list, and where the next one is. */
export function page<T>(item: z.ZodType<T>) {
  return z
    .looseObject({ value: z.array(item), '@odata.nextLink': z.string().nullish() })
    .transform((list) => ({ items: list.value, next: list['@odata.nextLink'] ?? null }));
}

const nullableText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

/** The properties of a user that a look-up asks for. */
export const PERSON_PROPERTIES =
  'id,displayName,userPrincipalName,mail,employeeId,department,jobTitle,userType,creationType,externalUserState';

/** A user as found by a look-up. */
export const personShape = z.looseObject({
  id,
  displayName: nullableText,
  userPrincipalName: z.string(),
  mail: nullableText,
  employeeId: nullableText,
  department: nullableText,
  jobTitle: nullableText,
  userType: nullableText,
  creationType: nullableText,
  externalUserState: nullableText,
});

/** What a search asks for: also the names that people sign in with on premises, and their alias. */
export const FOUND_PROPERTIES = `${PERSON_PROPERTIES},mailNickname,onPremisesSamAccountName,onPremisesDomainName`;

/** A user as a search finds them. */
export const foundShape = personShape.extend({
  mailNickname: nullableText,
  onPremisesSamAccountName: nullableText,
  onPremisesDomainName: nullableText,
});
/** A user as a search finds them. */
export type FoundEntry = z.output<typeof foundShape>;

/** The properties of the caller's own entry. */
export const CALLER_PROPERTIES = `${PERSON_PROPERTIES},accountEnabled,onPremisesSyncEnabled,isManagementRestricted,usageLocation,businessPhones,mobilePhone,createdDateTime`;

/**
 * The caller's entry. `isManagementRestricted` must be there, even if it is null: an answer without it does not say
 * whether the caller is in a restricted unit.
 */
export const callerShape = personShape.extend({
  accountEnabled: z.boolean(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  isManagementRestricted: z.boolean().nullable(),
  usageLocation: nullableText,
  businessPhones: z.array(z.string()),
  mobilePhone: nullableText,
  createdDateTime: instant.nullable(),
});

/** The numbers of somebody's entry, and the country in which they are read. */
export const numbersShape = z.looseObject({
  usageLocation: nullableText,
  businessPhones: z.array(z.string()),
  mobilePhone: nullableText,
});

/** A user as found by a look-up. */
export type PersonEntry = z.output<typeof personShape>;
/** The caller's entry. */
export type CallerEntry = z.output<typeof callerShape>;

/** One registered method, of whatever type. */
export const methodShape = z.looseObject({
  '@odata.type': z.string(),
  id: z.string().min(1),
  createdDateTime: instant.nullish().transform((at) => at ?? null),
  phoneNumber: nullableText,
  phoneType: nullableText,
  emailAddress: nullableText,
  displayName: nullableText,
});
/** One registered method, of whatever type. */
export type MethodEntry = z.output<typeof methodShape>;

/** The registration report's row about a person. */
export const registrationShape = z.looseObject({
  isSsprEnabled: z.boolean(),
  isSsprRegistered: z.boolean(),
  isSsprCapable: z.boolean(),
  methodsRegistered: z.array(z.string()),
  lastUpdatedDateTime: instant.nullish().transform((at) => at ?? null),
});
