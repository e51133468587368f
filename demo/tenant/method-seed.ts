/**
 * The parts of a seed that the control API uses too: ids, times, registered methods. A kind of method is named as
 * Microsoft names the type of phone or app, not after its URL.
 */
import { z } from 'zod';
import { MOMENT } from './ages.ts';

/** An object id. */
export const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a GUID in lower case')
  .describe('an object id: a GUID in lower case');
/** A time in a seed. */
export const moment = z
  .string()
  .regex(MOMENT, 'must be "now", an age such as "-400d" or "-2h", or an ISO time in UTC')
  .describe('a time: "now", "-400d", "+2h" (s, m, h, d) counted from the start of the tenant, or an ISO time in UTC');
const created = {
  created: moment.nullable().default('-400d').describe('when it was registered; null: Graph does not say'),
};

/** One registered sign-in method, as a seed and the control API name it. */
export const methodSeed = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['mobile', 'alternateMobile', 'office']).describe('the type of phone; one of each'),
      phoneNumber: z.string().describe('the number as Microsoft stores it: "+49 30555010" or "+1 2065550100x123"'),
      ...created,
    }),
    z.strictObject({
      kind: z.literal('email'),
      emailAddress: z.email().describe('the address for resets'),
      ...created,
    }),
    z.strictObject({
      kind: z.literal('authenticator'),
      displayName: z.string().describe('name of the phone'),
      ...created,
    }),
    z.strictObject({ kind: z.literal('softwareOath'), ...created }),
    z.strictObject({
      kind: z.literal('fido2'),
      displayName: z.string().describe('name of the key'),
      keptIn: z
        .enum(['security-key', 'authenticator-app'])
        .optional()
        .describe('where the passkey is; default: on a security key'),
      ...created,
    }),
    z.strictObject({ kind: z.literal('windowsHello'), displayName: z.string().describe('name of the PC'), ...created }),
    z.strictObject({
      kind: z.literal('platformCredential'),
      displayName: z.string().describe('name of the computer'),
      ...created,
    }),
    z.strictObject({
      kind: z.literal('external'),
      displayName: z.string().describe('name of the provider'),
      ...created,
    }),
    z.strictObject({
      kind: z.literal('unlisted').describe('a kind that Microsoft added after this was written'),
      odataType: z.string().startsWith('#microsoft.graph.').describe('its @odata.type'),
      ...created,
    }),
  ])
  .describe('a registered sign-in method; the password method is added automatically');

/** One registered method of a seed. */
export type MethodSeed = z.infer<typeof methodSeed>;
