/** Rounds of `users/delta` for a test: starting from now, and reading a round with all of its pages. */
import assert from 'node:assert/strict';
import type { Got, TestTenant } from './tenant.ts';

export const HOST = 'https://graph.microsoft.com';
export const SELECT = 'displayName,userPrincipalName,accountEnabled,mobilePhone,businessPhones,manager';
export const MINIMAL = { headers: { Prefer: 'return=minimal' } } as const;

export const linkOf = (answer: Got, kind: 'next' | 'delta'): string => {
  const link = answer.body[`@odata.${kind}Link`];
  assert.ok(typeof link === 'string', JSON.stringify(answer.body));
  assert.ok(link.startsWith(`${HOST}/v1.0/users/delta?`), link);
  return link.replace(HOST, '');
};

/** A link for the changes from now on. */
export async function fromNow(tenant: TestTenant, more: Record<string, string> = {}): Promise<string> {
  const first = await tenant.query('/v1.0/users/delta', { $select: SELECT, ...more, $deltatoken: 'latest' });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(first.body.value, []);
  return linkOf(first, 'delta');
}

/** One round, all of its pages. */
export async function round(tenant: TestTenant, link: string, options: { headers?: Record<string, string> } = MINIMAL) {
  const shown: unknown[] = [];
  let pages = 1;
  let page = await tenant.ask(link, options);
  assert.equal(page.status, 200, JSON.stringify(page.body));
  shown.push(...page.body.value);
  while ('@odata.nextLink' in page.body) {
    page = await tenant.ask(linkOf(page, 'next'), options);
    shown.push(...page.body.value);
    pages += 1;
  }
  return { shown, pages, next: linkOf(page, 'delta') };
}
