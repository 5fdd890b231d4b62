import { type DerivedEvent, deriveEvent } from './derived-event';
import type { Fired } from './epoch';
import type { Group } from './scope';

/** The event of a rule that has fired in a group. */
export function milestoneEvent(group: Group, fired: Fired, schemaBase: string): DerivedEvent {
  const { rule, source, project } = group;
  const { platform, reason, subjects, firstAt, lastAt, epoch, firedAt } = fired;
  const place = {
    platform,
    rule,
    reason,
    source,
    ...(project !== undefined && { project: { id: project } }),
  };
  return deriveEvent(
    {
      topic: 'milestone.reached',
      source,
      project,
      subject: `milestone/${rule}${project === undefined ? '' : `/project/${project}`}`,
      number: [epoch],
      time: firedAt,
      recordedtime: firedAt,
      data: { ...place, subjects, firstAt, lastAt, epoch },
    },
    schemaBase,
  );
}
