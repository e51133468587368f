/** The settings of the bot in scenarios: its tenant, its groups, and where everything is. */

export const TENANT = 'c0000000-0000-4000-8000-000000000001';
const group = (number: number): string => `b0000000-0000-4000-8000-00000000000${number}`;
/** Groups of the company by their meaning. */
export const GROUPS = { technicians: group(1), approvers: group(2), leads: group(4), vip: group(5) } as const;

/** Settings of a bot that runs between the two emulators on this machine. */
export function environmentFor(tenantOrigin: string, dataFolder: string): Record<string, string> {
  return {
    PORT: '0',
    HARDLINE_CHANNEL: 'loopback-only',
    HARDLINE_GRAPH: 'emulated',
    HARDLINE_GRAPH_ORIGIN: tenantOrigin,
    HARDLINE_DATA: dataFolder,
    HARDLINE_TENANT_ID: TENANT,
    HARDLINE_GROUP_TECHNICIANS: group(1),
    HARDLINE_GROUP_APPROVERS: group(2),
    HARDLINE_GROUP_AUDITORS: group(3),
    HARDLINE_GROUP_LEADS: group(4),
    HARDLINE_GROUP_VIP: group(5),
    HARDLINE_GROUPS_PROTECTED: `${group(6)},${group(9)}`,
    // The emulated tenant tells everything at once, unless a scenario makes it slower.
    HARDLINE_CHANGE_FEED_DELAY_SECONDS: '0',
    HARDLINE_AUDIT_LOG_DELAY_MINUTES: '0',
    HARDLINE_CHECKPOINT_CARD: 'never', // the leads of a story see what happens in it
  };
}
