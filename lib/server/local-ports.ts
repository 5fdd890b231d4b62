import { labelStoreOf } from '../aws/label-store';
import { inspectorPorts } from '../aws/operate/inspector-ports';
import { queueUrl } from '../aws/sqs/sqs-queues';
import type { ServerConfig } from '../config/read-config';
import { DEAD_LETTER_SUFFIX, queuesOf, TAP_QUEUE } from '../events/queues';
import type { InspectorPorts } from '../inspector/ports';
import { localSender } from './local-sender';

/** The sources and the sender of the inspector of `npm start`. @param url of this server, once it is known */
export function localPorts(config: ServerConfig, url: () => string): InspectorPorts {
  const queues = queuesOf(config.routes).map((name) => {
    const address = queueUrl(config, name);
    return name === TAP_QUEUE
      ? { name, url: address }
      : { name, url: address, deadLetterUrl: address + DEAD_LETTER_SUFFIX };
  });
  // It sees every delivery itself, and needs no archive.
  const { findArchived: _, ...others } = inspectorPorts(config, queues);
  return {
    ...others,
    stage: config.stage,
    isLocal: true,
    get sources() {
      return [...config.sources.values()].map(({ name, platform }) => ({
        name,
        platform: platform.name,
        url: `${url()}/webhooks/${name}`,
      }));
    },
    labels: config.hasLabelStore ? labelStoreOf(config) : undefined,
    sender: localSender(url, config),
  };
}
