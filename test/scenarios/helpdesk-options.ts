/** What a scenario can change of its helpdesk. */
import type { Member } from '../../demo/teams/members.ts';
import type { RunningTenant } from '../../demo/tenant/start.ts';
import type { TestTime } from '../test-time.ts';

/** What a scenario can change before the bot starts. */
export interface HelpdeskOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Changes the tenant before the bot starts. */
  readonly before?: (tenant: RunningTenant) => void;
  /** Who else has a part in the story. Everybody in it has the app, and greeting them is most of what a start costs. */
  readonly also?: readonly Member[];
  readonly withoutApp?: readonly string[];
  readonly throttling?: boolean;
  readonly connectorTimeout?: number; // in milliseconds, for one request to Teams
  readonly time?: TestTime; // real time otherwise
  /** A second bot on the same ledger. Which of the two people reach, `through` decides. */
  readonly twoBots?: boolean;
  /** Where Teams sends what people do, by the bot's own address; the bot itself otherwise. */
  readonly through?: (botOrigin: string) => string;
}
