/** The company of the load run: Fernhill with many technicians and as many ordinary callers as will phone. */
import type { Member } from '../../demo/teams/members.ts';
import { readSeedFile } from '../../demo/tenant/read-seed.ts';
import type { Seed } from '../../demo/tenant/seed-schema.ts';
import { FERNHILL } from '../../demo/tenant/start.ts';
import { GROUPS } from '../../demo/demo-config.ts';

/** The company and who is who in it. */
export interface Company {
  readonly seed: Seed;
  readonly technicians: readonly Member[];
  readonly callers: readonly Member[];
}

const twelve = (n: number): string => String(n).padStart(12, '0');
const technicianId = (n: number): string => `a3000000-0000-4000-8000-${twelve(n)}`;
const callerId = (n: number): string => `a4000000-0000-4000-8000-${twelve(n)}`;

/**
 * Builds it. Every caller is like Lena Hartmann, whose numbers have not changed for years, with numbers of their own: those of the
 * seed's people end in 1000 and more.
 */
export function companyWith(technicians: number, callers: number): Company {
  const seed = readSeedFile(FERNHILL);
  const pattern = seed.people.find(({ displayName }) => displayName === 'Lena Hartmann');
  if (pattern === undefined) throw new Error('Lena Hartmann is not in the seed');
  const person = (id: string, name: string, n: number) => {
    const upn = `${name.toLowerCase().replace(' ', '')}@${seed.domain}`;
    return {
      ...{ ...pattern, id, displayName: name, userPrincipalName: upn, mail: upn, employeeId: `L${id.slice(1, 2)}${n}` },
      businessPhones: [`+49 30 5550 ${String(2000 + n)}`],
      mobilePhone: `+49 151 5550 ${String(2000 + n)}`,
    };
  };
  const atWork = Array.from({ length: technicians }, (_, n) => person(technicianId(n), `Technician ${n}`, 5000 + n));
  const crowd = Array.from({ length: callers }, (_, n) => person(callerId(n), `Caller ${n}`, n));
  const groups = seed.groups.map((group) =>
    group.id === GROUPS.technicians ? { ...group, members: [...group.members, ...atWork.map(({ id }) => id)] } : group,
  );
  const member = ({ id, displayName, userPrincipalName }: (typeof atWork)[number]): Member => ({
    ...{ id, name: displayName, userPrincipalName, jobTitle: null, department: null },
  });
  return {
    seed: { ...seed, groups, people: [...seed.people, ...atWork, ...crowd] },
    technicians: atWork.map(member),
    callers: crowd.map(member),
  };
}
