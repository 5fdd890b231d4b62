import { oldestMessages } from '../../lib/aws/cloudwatch/oldest-messages';
import { inspectorPorts } from '../../lib/aws/operate/inspector-ports';
import type { InspectorPorts } from '../../lib/inspector/ports';
import { labelStoreAt } from '../aws/label-store-at';
import type { Deployment } from '../deployment/deployment';

/** The sources of the inspector of a deployment. It sends nothing. */
export function deployedPorts({ config, queues, sources, secrets }: Deployment): InspectorPorts {
  // `npm start` has no CloudWatch.
  const agesOf = secrets ? async () => new Map<string, number>() : oldestMessages(config);
  return {
    ...inspectorPorts(config, queues, () => agesOf(queues.map(({ name }) => name))),
    stage: config.stage,
    isLocal: false,
    sources: sources.map(({ name, platform, webhookUrl }) => ({ name, platform, url: webhookUrl })),
    labels: config.hasLabelStore ? labelStoreAt(config) : undefined,
  };
}
