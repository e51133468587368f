/** The people of Fernhill who have parts in scenarios. */
import type { Member } from '../../demo/teams/members.ts';

const id = (number: number): string => `a0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`;
const member = (number: number, name: string, upn: string): Member => ({
  id: id(number),
  name,
  userPrincipalName: `${upn}@fernhill.example`,
  jobTitle: null,
  department: null,
});

export const TESS = member(1, 'Tess Lindqvist', 'tess.lindqvist');
export const TOM = member(2, 'Tom Okafor', 'tom.okafor');
export const ADA = member(3, 'Ada Moreau', 'ada.moreau');
export const ABEL = member(4, 'Abel Brandt', 'abel.brandt');
export const IVY = member(5, 'Ivy Chen', 'ivy.chen');
export const LENA = member(10, 'Lena Hartmann', 'lena.hartmann');
export const MARA = member(11, 'Mara Jensen', 'mara.jensen');
export const NOAH = member(12, 'Noah Keller', 'noah.keller');
export const SOFIA = member(13, 'Sofia Rossi', 'sofia.rossi');
export const MAX = member(26, 'Max Solberg', 'max.solberg');
export const MILO = member(32, 'Milo Frank', 'milo.frank');

/** A technician, the lead, the other approver, the caller and their manager: whoever a case writes to by itself. */
export const IN_EVERY_STORY = [TESS, ADA, ABEL, LENA, MARA];
