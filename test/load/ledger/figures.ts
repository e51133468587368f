/** Figures of a measurement: ratios of interleaved slices, because the machine is never quiet for long. */

/** One figure with its limit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly is: 'at-most' | 'at-least';
  readonly unit: string;
  /** What it was made from. */
  readonly from: string;
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** What a slice cost, in microseconds for each time its work was done. */
export interface Slice {
  readonly time: number;
  readonly cpu: number;
}

/** Does the work of each variant in turn, `rounds` times, and gives their medians. `each`: how often the work is done in a slice. */
export async function interleaved<Name extends string>(
  variants: Readonly<Record<Name, () => Promise<void> | void>>,
  { rounds, each }: { readonly rounds: number; readonly each: number },
): Promise<Readonly<Record<Name, Slice>>> {
  const names = Object.keys(variants) as Name[];
  const slices = new Map<Name, Slice[]>(names.map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const before = process.cpuUsage();
      const began = performance.now();
      for (let done = 0; done < each; done += 1) await variants[name]();
      const time = ((performance.now() - began) * 1000) / each;
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) slices.get(name)?.push({ time, cpu: (user + system) / each });
    }
  }
  const medians = names.map((name) => {
    const all = slices.get(name) ?? [];
    return [name, { time: median(all.map(({ time }) => time)), cpu: median(all.map(({ cpu }) => cpu)) }] as const;
  });
  return Object.fromEntries(medians) as Record<Name, Slice>;
}

/** Prints a figure, and says whether it keeps its limit. */
export function print({ name, value, limit, is, unit, from }: Figure): boolean {
  const good = is === 'at-most' ? value <= limit : value >= limit;
  const wanted = `${is === 'at-most' ? '≤' : '≥'} ${limit}${unit}`;
  process.stdout.write(`${good ? 'PASS  ' : 'MISSED'}  ${value.toFixed(2)}${unit} (${wanted})  ${name}; ${from}\n`);
  return good;
}
