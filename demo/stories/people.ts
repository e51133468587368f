/**
 * The people in the stories, as they are in the demo's seed. A story played with another seed fails at once, with a
 * clear sentence.
 */
import type { Actor } from './runner.ts';

const person = (number: string, name: string, upn: string): Actor => ({
  id: `a0000000-0000-4000-8000-0000000000${number}`,
  name,
  upn: `${upn}@fernhill.example`,
});

export const TESS = person('01', 'Tess Lindqvist', 'tess.lindqvist');
export const ADA = person('03', 'Ada Moreau', 'ada.moreau');
export const ABEL = person('04', 'Abel Brandt', 'abel.brandt');
export const LENA = person('10', 'Lena Hartmann', 'lena.hartmann');
export const MARA = person('11', 'Mara Jensen', 'mara.jensen');
export const SOFIA = person('13', 'Sofia Rossi', 'sofia.rossi');
export const GRACE = person('18', 'Grace Adeyemi', 'grace.adeyemi');
