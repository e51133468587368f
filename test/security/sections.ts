/**
 * What the security run covers: each section with the figure it must at least reach, and the tests that count for it. The
 * ways around the procedure are listed in points.ts.
 */

/** One line of the report. */
export interface Section {
  /** As the tests give it to `tally`. */
  readonly title: string;
  /** Fewer than this, and the section counts as missing. */
  readonly least: number;
  readonly files: readonly string[];
}

/** In the order of the report. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Forged and malformed requests',
    least: 120,
    files: ['test/security/forged-requests.test.ts', 'test/teams/forged-*.test.ts', 'test/teams/bodies.test.ts'],
  },
  { title: 'Who may do what', least: 10_000, files: ['test/procedure/who-may-what.test.ts'] },
  {
    title: 'Who may do what for a caller of the helpdesk',
    least: 30_000,
    files: ['test/security/helpdesk-callers.test.ts', 'test/graph/helpdesk-groups.test.ts'],
  },
  {
    title: 'Pressed while disabled, gone from a group or unread',
    least: 2_000,
    files: ['test/security/standing-now.test.ts', 'test/scenarios/who-works-now.test.ts'],
  },
  {
    title: 'Hostile texts in every text field',
    least: 10_200,
    files: ['test/security/hostile-*.test.ts'],
  },
  {
    title: 'Buttons with a changed field, or in other hands',
    least: 2_000,
    files: ['test/security/mutated-buttons.test.ts'],
  },
  {
    title: 'Second looks under faults and clocks',
    least: 190,
    files: [
      'test/security/second-looks.test.ts',
      'test/scenarios/pass-control.test.ts',
      'test/scenarios/clock.test.ts',
    ],
  },
  { title: 'Refusals that left their one entry', least: 4_500, files: ['test/casework/every-no.test.ts'] },
  {
    title: 'Cases with a canary for a pass, under faults',
    least: 500,
    files: ['test/security/canary-cases.test.ts'],
  },
  {
    title: 'Configurations that would weaken the bot',
    least: 40,
    files: ['test/security/bad-configurations.test.ts'],
  },
];
