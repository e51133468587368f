/**
 * Names of settings that nobody reads. A misspelled setting keeps its default without a word, and so a typo could lose
 * the protected groups: it stops the start instead, and the message offers the name that was probably meant.
 */

/** How many characters may differ for a name to be offered. */
const SLIPS = 4;
/** A name that does not begin with our prefix is taken for a misspelled one only when it is this close. */
const SLIPS_IN_PREFIX = 2;
const OURS = /^hardline/i;
/** What Kubernetes sets in every container beside a service that is called hardline or hardline-something. */
const FROM_KUBERNETES =
  /^HARDLINE(?:_[A-Z0-9]+)*_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;
const LONGEST_NAME = 60;

/**
 * What is wrong with names that are set and not known, by name. `known`: the names of all settings. Variables of other
 * programs are left alone, unless they differ from one of ours in a character or two.
 */
export function unknownNames(
  values: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): ReadonlyMap<string, string> {
  const inKubernetes = 'KUBERNETES_SERVICE_HOST' in values;
  const ours = known.filter((name) => OURS.test(name));
  const problems = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || known.includes(name)) continue;
    if (inKubernetes && FROM_KUBERNETES.test(name)) continue;
    if (!OURS.test(name) && !ours.some((one) => slipsBetween(name, one, SLIPS_IN_PREFIX) <= SLIPS_IN_PREFIX)) continue;
    problems.set(
      printable(name),
      noSuchName(name, ours, 'there is no such setting.', '.env.example lists every setting.'),
    );
  }
  return problems;
}

/** The sentence about an unknown name: what it is, and the known name that is closest, or else where to look. */
export function noSuchName(name: string, known: readonly string[], says: string, orElse: string): string {
  const near = closest(name, known);
  return near === null ? `${says} ${orElse}` : `${says} Did you mean ${near}?`;
}

/** A name as it can be printed in one line. Names come from outside, too. */
export function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_NAME);
}

function closest(name: string, known: readonly string[]): string | null {
  let best: { readonly name: string; readonly slips: number } | null = null;
  for (const one of known) {
    const slips = slipsBetween(name.toLowerCase(), one.toLowerCase(), SLIPS);
    if (slips <= SLIPS && (best === null || slips < best.slips)) best = { name: one, slips };
  }
  return best === null || best.slips * 2 > name.length ? null : best.name;
}

/** How many characters must be added, removed or replaced to make one out of the other; more than `most` counts as `most + 1`. */
function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(row.at(-1) ?? 0, most + 1);
}
