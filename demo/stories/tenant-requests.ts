/**
 * What the emulated tenant received, in a line or two: every write on its own, and the number of reads. Ids are taken
 * out of paths, so that a transcript reads the same on every run.
 */

/** A request as the tenant's journal keeps it. */
export interface TenantRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly fault: string | null;
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

function isWrite({ method, path }: TenantRequest): boolean {
  return method !== 'GET' && !path.endsWith('/$batch') && !path.endsWith('/checkMemberGroups');
}

/** The transcript lines for these requests. */
export function tenantLines(requests: readonly TenantRequest[]): string[] {
  const writes = requests.filter(isWrite).map((request) => {
    const outcome = request.status === null ? 'no answer' : String(request.status);
    const trouble = request.fault === null ? '' : ` (${request.fault})`;
    return `${request.method} ${request.path.replace(ID, '{id}')} → ${outcome}${trouble}`;
  });
  const reads = requests.length - writes.length;
  if (reads > 0) writes.push(`${reads} ${reads === 1 ? 'read' : 'reads'}`);
  return writes;
}
