/** A helpdesk in which time stands still while anything happens, and the line between Teams and the bot can be cut. */
import type { TenantFaultInput } from '../../demo/tenant/faults.ts';
import { openTestTime, type TestTime } from '../test-time.ts';
import { callBack } from '../scenarios/steps.ts';
import { openHelpdesk, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { openCuttableLine, type CuttableLine } from './cuttable-line.ts';

/** The code of the next pass, so that it can be found wherever it turns up. */
const CODE = 'Xy7+pass!';

/** A call of the bot to Graph. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
}

/** A press on a button, and what came of it. */
export interface Pressed {
  /** Milliseconds until the bot answered; `null` when nobody was there for the answer. */
  readonly answeredAfter: number | null;
  /** Whether the answer had the code of the pass in it. */
  readonly showedPass: boolean;
}

export interface SlowHelpdesk {
  readonly helpdesk: Helpdesk;
  readonly time: TestTime;
  readonly line: CuttableLine;
  /** Presses *Issue* and waits for the answer. `cutAfter`: so many milliseconds later the connection is closed. */
  issue(cutAfter?: number): Promise<Pressed>;
  /** Lets everything come to its end that goes on in the background. */
  settle(): Promise<void>;
  /** A minute later, the bot looks again whether a pass is gone. */
  secondLook(): Promise<void>;
  /** Some seconds later, the technician goes on: from the card as it is then, or from what its button leads back to. */
  goOn(): Promise<void>;
  /** The calls to Graph since the last look, each once. */
  calls(): readonly GraphCall[];
  fault(call: GraphCall, how: { readonly delay: number; readonly does?: 'at-once' | 'after' }): void;
  /** Whether the technician sees the code now. */
  seesPass(): boolean;
  /** The state of the newest case, by the ledger. */
  standsAt(): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openSlowHelpdesk(): Promise<SlowHelpdesk> {
  const time = openTestTime();
  const line = await openCuttableLine(time.timing.clock);
  const helpdesk = await time.until(openHelpdesk({ time, through: (origin) => line.through(origin) }));
  const { control } = helpdesk.tenant;
  control.nextPass(CODE);

  const settle = (): Promise<void> => time.until(helpdesk.bot().whenIdle());
  return {
    ...{ helpdesk, time, line, settle },
    async issue(cutAfter) {
      const began = time.timing.clock();
      const pressed = helpdesk.readyPress(TESS, 'issue-pass')();
      if (cutAfter !== undefined) time.timing.after(cutAfter, () => line.cut());
      await time.until(pressed);
      const { answeredAt, body } = line.last();
      return { answeredAfter: answeredAt === null ? null : answeredAt - began, showedPass: shows(body) };
    },
    async secondLook() {
      await time.until(time.wait(61_000));
      await time.until(helpdesk.tick());
    },
    async goOn() {
      await time.until(time.wait(3000));
      await time.until(helpdesk.tick());
      const { buttons } = helpdesk.card(TESS);
      if (!buttons.some(({ verb }) => verb === 'issue-pass')) await time.until(helpdesk.presses(TESS, 'show-case'));
      // A card that could not be updated belongs to an earlier version of the case. The first press on it shows the new one.
      for (let press = 0; press < 2 && helpdesk.livePasses() === 0; press += 1) {
        await time.until(helpdesk.presses(TESS, 'issue-pass'));
      }
    },
    calls() {
      const made = control.journal().map(({ method, path }) => ({ method, path }) as GraphCall);
      control.clearJournal();
      return made.filter(
        (call, n) => made.findIndex(({ method, path }) => method === call.method && path === call.path) === n,
      );
    },
    fault({ method, path }, { delay, does = 'after' }) {
      control.fault({ kind: 'delay', ms: delay, does, method, path, times: 1 } satisfies TenantFaultInput);
    },
    seesPass: () => shows(JSON.stringify(helpdesk.card(TESS))),
    standsAt: async () => (await helpdesk.ledger()).find((entry) => entry.detail['to'] !== undefined)?.detail['to'],
    async close() {
      control.clearFaults();
      await settle();
      await time.until(helpdesk.close());
      await line.close();
      time.end();
    },
  };
}

/** Opens it with a case that waits for the press on *Issue*. */
export async function readyToIssue(): Promise<SlowHelpdesk> {
  const slow = await openSlowHelpdesk();
  await slow.time.until(callBack(slow.helpdesk));
  slow.calls();
  return slow;
}

function shows(text: string): boolean {
  return text.includes(JSON.stringify(CODE).slice(1, -1));
}
