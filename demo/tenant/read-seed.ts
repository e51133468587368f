/**
 * Reads a seed file. All problems are reported at once, each with its place in the file.
 */
import { readFileSync } from 'node:fs';
import { BOT_APP } from './logs.ts';
import { seedSchema } from './seed-schema.ts';
import type { Seed } from './seed-schema.ts';

/** A seed that cannot be used. `problems` lists every one of them as `place: what is wrong`. */
export class BadSeed extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The seed has ${String(problems.length)} problem(s):\n${problems.map((line) => `- ${line}`).join('\n')}`);
    this.name = 'BadSeed';
    this.problems = problems;
  }
}

/** Reads and checks a seed file. Throws BadSeed; a missing file throws what the file system says. */
export function readSeedFile(file: string | URL): Seed {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadSeed([`(file): not JSON: ${error.message}`]);
    throw error;
  }
  return readSeed(value);
}

/** Checks a seed: first its form, then whether every id it refers to exists. Throws BadSeed. */
export function readSeed(value: unknown): Seed {
  const parsed = seedSchema.safeParse(value);
  if (!parsed.success) {
    throw new BadSeed(parsed.error.issues.map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`));
  }
  const problems = [...duplicates(parsed.data), ...dangling(parsed.data), ...limits(parsed.data)];
  if (problems.length > 0) throw new BadSeed(problems);
  return parsed.data;
}

function duplicates(seed: Seed): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const claim = (key: string, place: string): void => {
    const other = seen.get(key);
    if (other === undefined) seen.set(key, place);
    else problems.push(`${place}: already used by ${other}`);
  };
  seed.people.forEach((person, n) => {
    claim(person.id, `people.${String(n)}.id`);
    claim(`upn ${person.userPrincipalName.toLowerCase()}`, `people.${String(n)}.userPrincipalName`);
    if (person.employeeId !== null) claim(`employee ${person.employeeId}`, `people.${String(n)}.employeeId`);
    const phones = new Set<string>();
    person.methods.forEach((method, m) => {
      const once = ['mobile', 'alternateMobile', 'office', 'email'].includes(method.kind);
      if (once && phones.has(method.kind))
        problems.push(`people.${String(n)}.methods.${String(m)}: a second ${method.kind}`);
      phones.add(method.kind);
    });
  });
  seed.groups.forEach((group, n) => claim(group.id, `groups.${String(n)}.id`));
  return problems;
}

function dangling(seed: Seed): string[] {
  const problems: string[] = [];
  const people = new Set(seed.people.map((person) => person.id));
  const groups = new Set(seed.groups.map((group) => group.id));
  const skus = new Set(seed.skus.map((sku) => sku.skuPartNumber));
  const apps = new Set(seed.teamsApps.map((app) => app.id));
  const need = (known: boolean, place: string, id: string): void => {
    if (!known) problems.push(`${place}: there is no ${id}`);
  };
  seed.people.forEach((person, n) => {
    if (person.manager !== null) need(people.has(person.manager), `people.${String(n)}.manager`, person.manager);
    person.apps.forEach((app, m) => need(apps.has(app), `people.${String(n)}.apps.${String(m)}`, app));
    person.licenses.forEach((sku, m) => need(skus.has(sku), `people.${String(n)}.licenses.${String(m)}`, sku));
  });
  seed.groups.forEach((group, n) => {
    group.members.forEach((id, m) => {
      need(people.has(id) || groups.has(id), `groups.${String(n)}.members.${String(m)}`, id);
    });
    group.owners.forEach((id, m) => need(people.has(id), `groups.${String(n)}.owners.${String(m)}`, id));
  });
  const mayHoldRoles = (id: string): boolean => people.has(id) || groups.has(id) || id === BOT_APP.servicePrincipalId;
  seed.roles.forEach((role, n) => {
    need(mayHoldRoles(role.principal), `roles.${String(n)}.principal`, role.principal);
  });
  seed.customRoles.forEach(({ holders }, n) => {
    holders.forEach(({ principal }, m) => {
      const place = `customRoles.${String(n)}.holders.${String(m)}.principal`;
      need(mayHoldRoles(principal), place, principal);
    });
  });
  seed.groupAccess.forEach(({ principal, group }, n) => {
    need(people.has(principal) || groups.has(principal), `groupAccess.${String(n)}.principal`, principal);
    need(groups.has(group), `groupAccess.${String(n)}.group`, group);
  });
  seed.signIns.forEach((entry, n) => need(people.has(entry.user), `signIns.${String(n)}.user`, entry.user));
  seed.detections.forEach((entry, n) => need(people.has(entry.user), `detections.${String(n)}.user`, entry.user));
  seed.audits.forEach((entry, n) => {
    need(people.has(entry.target), `audits.${String(n)}.target`, entry.target);
    if (entry.by !== null) need(people.has(entry.by), `audits.${String(n)}.by`, entry.by);
  });
  for (const list of ['includeTargets', 'excludeTargets'] as const) {
    seed.passPolicy[list].forEach(({ id }, n) => {
      need(id === 'all_users' || groups.has(id) || people.has(id), `passPolicy.${list}.${String(n)}.id`, id);
    });
  }
  return problems;
}

function limits({ passPolicy }: Seed): string[] {
  const {
    minimumLifetimeInMinutes: least,
    maximumLifetimeInMinutes: most,
    defaultLifetimeInMinutes: usual,
  } = passPolicy;
  return least <= usual && usual <= most
    ? []
    : ['passPolicy: the default lifetime must lie between the shortest and the longest'];
}
