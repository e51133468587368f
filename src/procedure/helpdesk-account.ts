/**
 * A caller who works at the helpdesk. Whoever gets into such an account decides about the passes of everybody else, so the leads
 * are told as soon as a case about one goes toward a pass.
 */
import type { Moved } from './step.ts';

/** Adds the alarm to a step toward a pass, once in a case. Source: the procedure's rule about the helpdesk's own accounts. */
export function alarmOnce(moved: Moved): Moved {
  const { facts, reasonsFound } = moved.case;
  const works = facts.groups.kind === 'read' && facts.groups.value.inHelpdeskGroup;
  if (!works || reasonsFound.includes('helpdesk-account')) return moved;
  return {
    ...moved,
    case: { ...moved.case, reasonsFound: [...reasonsFound, 'helpdesk-account'] },
    effects: [...moved.effects, { kind: 'alarm-leads', alarm: 'helpdesk-account' }],
  };
}
