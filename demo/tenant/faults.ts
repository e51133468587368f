/**
 * Faults on demand: how the tenant fails when it is told to. A fault names exactly which requests it hits and how
 * often; nothing fails by chance.
 */
import { z } from 'zod';

const where = {
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional().describe('which method; absent: any'),
  path: z
    .string()
    .describe('which path, with version: "/v1.0/users/*/authentication/**"; * is one segment, ** any number'),
  times: z.int().min(1).optional().describe('how often; absent: until cleared'),
};

/** A fault as the control API takes it. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status').describe('answers with a status and Graph error body; nothing was done'),
    status: z.int().min(400).max(599),
    code: z.string().default('UnknownError'),
    message: z.string().default('The emulated tenant was told to fail.'),
    retryAfter: z.string().optional().describe('value of Retry-After: "2", "2.128", an HTTP date'),
    ...where,
  }),
  z.strictObject({ kind: z.literal('html-502').describe('answers with a proxy page; nothing was done'), ...where }),
  z.strictObject({ kind: z.literal('hang').describe('accepts the request, does nothing, never answers'), ...where }),
  z.strictObject({
    kind: z.literal('cut').describe('does the work, sends half of the answer, cuts the connection'),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('half-json').describe('does the work, answers 200 or 201 with JSON that breaks off'),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('wrong-json').describe('answers 200 with JSON of another kind; nothing was done'),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('drip').describe('does the work, answers one byte at a time, for longer than anybody waits'),
    ...where,
  }),
  z.strictObject({
    kind: z
      .literal('missing')
      .describe('leaves a part of a batch out of the answer, or cuts the connection; nothing was done'),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('answer-lost').describe('does the work, cuts the connection without sending a byte'),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('delay').describe('answers late'),
    ms: z.int().min(0).max(600_000),
    does: z.enum(['at-once', 'after']).default('at-once').describe('whether the work is done before or after the wait'),
    ...where,
  }),
]);

/** A fault with its defaults. */
export type TenantFault = z.infer<typeof faultSchema>;
/** A fault as a caller may write it. */
export type TenantFaultInput = z.input<typeof faultSchema>;

/** The faults that are set. */
export interface Faults {
  set(fault: TenantFaultInput): void;
  clear(): void;
  /** The first fault that hits this request, counted down. */
  take(method: string, path: string): TenantFault | null;
  list(): readonly TenantFault[];
}

/** Creates the list, with no faults. */
export function createFaults(): Faults {
  let active: { readonly fault: TenantFault; readonly pattern: RegExp; left: number }[] = [];
  return {
    set: (input) => {
      const fault = faultSchema.parse(input);
      active.push({ fault, pattern: pathPattern(fault.path), left: fault.times ?? Infinity });
    },
    clear: () => {
      active = [];
    },
    take: (method, path) => {
      const hit = active.find(({ fault, pattern }) => (fault.method ?? method) === method && pattern.test(path));
      if (hit === undefined) return null;
      hit.left -= 1;
      active = active.filter(({ left }) => left > 0);
      return hit.fault;
    },
    list: () => active.map(({ fault, left }) => ({ ...fault, ...(Number.isFinite(left) ? { times: left } : {}) })),
  };
}

function pathPattern(path: string): RegExp {
  const parts = path.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 'i');
}
