import { inspectorPorts } from '../../lib/aws/operate/inspector-ports';
import type { InspectorPorts } from '../../lib/inspector/ports';
import { labelStoreAt } from '../aws/label-store-at';
import { readAges } from '../aws/read-ages';
import type { Deployment } from '../deployment/deployment';

/** What the inspector of a deployment reads. It sends nothing. */
export const deployedPorts = ({
  config,
  queues,
  sources,
  secrets,
}: Deployment): InspectorPorts => ({
  ...inspectorPorts(config, queues, () => (secrets ? NO_AGES : readAges(config, queues))),
  stage: config.stage,
  isLocal: false,
  sources: sources.map(({ name, platform, webhookUrl }) => ({ name, platform, url: webhookUrl })),
  labels: config.hasLabelStore ? labelStoreAt(config) : undefined,
});

/** `npm start` has no CloudWatch. */
const NO_AGES: Promise<ReadonlyMap<string, number>> = Promise.resolve(new Map());
