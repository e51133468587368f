/**
 * What a forger can do to the data of one button: each field is taken away, given another type, another size, another case,
 * another version, another person. What is left of it must not do anything.
 */

/** The data of a click, and what was done to it. */
export interface Mutated {
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const OF_ANOTHER_TYPE: readonly unknown[] = [null, true, [], {}, ['x'], { toString: 'x' }, 1.5, -1, '\u0000'];
const SOMEBODY = 'a0000000-0000-4000-8000-000000000099';

/** Texts that stand in for a field with a closed list of values. */
const OFF_THE_LIST: readonly string[] = ['x', 'YES', 'approve ', 'ANSWERED-BY-CALLER', '__proto__', SOMEBODY, '../1'];

/** People may write what they like here; the text is kept, and decides nothing. */
const FREE_TEXT: ReadonlySet<string> = new Set(['reason', 'query']);
/** These may be left out: nothing ticked, nothing said, or the verb, which stands beside the data, too. */
const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set(['atHand', 'reason', 'verb']);

/** Every mutation of honest data. `foreign`: fields of other inputs on the same card, which a client sends along. */
export function mutationsOf(
  honest: Readonly<Record<string, unknown>>,
  foreign: ReadonlySet<string>,
): readonly Mutated[] {
  const of = (field: string, value: unknown, how: string): Mutated => ({
    what: `${field} ${how}`,
    data: { ...honest, [field]: value },
  });
  const added = ['lifetimeMinutes', 'technician', 'role', 'isAdmin', 'Case', 'case '].map((field) =>
    of(field, SOMEBODY, 'added'),
  );
  const changed = Object.entries(honest)
    .filter(([field]) => !foreign.has(field))
    .flatMap(([field, value]): readonly Mutated[] => {
      const { [field]: _taken, ...without } = honest;
      const taken = MAY_BE_LEFT_OUT.has(field) ? [] : [{ what: `${field} taken away`, data: without }];
      const types = OF_ANOTHER_TYPE.filter((one) => !(FREE_TEXT.has(field) && typeof one === 'string'));
      const typed = types.map((one) => of(field, one, `as ${JSON.stringify(one)}`));
      if (typeof value === 'number') {
        const numbers = [0, value + 1, value - 1, value + 1000, 2 ** 53, Number.MAX_VALUE].filter(
          (one) => one !== value,
        );
        return [...taken, ...typed, ...[...numbers, String(value)].map((one) => of(field, one, `as ${String(one)}`))];
      }
      const texts = FREE_TEXT.has(field) ? [] : OFF_THE_LIST;
      const long = of(field, 'x'.repeat(30_000), 'as 30,000 characters');
      return [...taken, ...typed, ...texts.map((one) => of(field, one, `as "${one}"`)), long, of(field, 7, 'as 7')];
    });
  return [...added, ...changed];
}
