import type { EventDraft } from '../../events/draft';
import { order } from '../../events/order';
import { byVersion, RANK } from '../../events/sequence';
import { toUtc } from '../../events/timestamp';
import { asId, asList, asText, type JsonObject, unlessEmpty } from '../../json/read';
import { knownEvent } from './event-name';
import { unrecognized } from './unrecognized';

/** A workflow action moves several data rows between tasks. It becomes one event for each row. */
export function workflowEvents(body: JsonObject, name: string | undefined): EventDraft[] {
  const event = knownEvent(name)?.family === 'workflow' ? name : 'WORKFLOW_ACTION';
  const projectId = asId(body.projectId);
  const time = toUtc(body.timestamp);
  const workflow = {
    action: asText(body.action),
    actorId: asId(body.actorId),
    from: unlessEmpty({ id: asId(body.originTaskId), name: asText(body.originTaskName) }),
    to: unlessEmpty({ id: asId(body.destinationTaskId), name: asText(body.destinationTaskName) }),
    timestamp: time,
  };

  return (asList(body.dataRowIds) ?? []).map((item) => {
    const dataRowId = asId(item);
    const native = { ...body, dataRowIds: [item] };
    if (!dataRowId) return unrecognized(native, event, 'not-understood');
    return {
      topic: 'workflow.action',
      ...order(
        ['project', projectId, 'data-row', dataRowId, 'workflow'],
        byVersion(time, RANK.updated),
      ),
      time,
      projectId,
      data: {
        platform: 'labelbox',
        event,
        organization: unlessEmpty({ id: asId(body.organizationId) }),
        project: unlessEmpty({ id: projectId }),
        dataRow: { id: dataRowId },
        workflow,
        native,
      },
    };
  });
}
