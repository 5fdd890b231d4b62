import { secretName } from '../lib/aws/secrets-manager/secret-name';
import { queuesOf, TAP_QUEUE } from '../lib/events/queues';
import { ALARM_TOPIC_ID } from './alarm';
import { baseUrl, domainOutputs } from './http-api';
import { deadLetterQueueId, queueId } from './queues';
import { logicalName, type Settings } from './settings';
import { BUCKET_ID } from './storage';

type Outputs = Record<string, object>;

/** The outputs of the stack, for people and tools. */
export const outputs = (settings: Settings): Outputs => ({
  ...Object.assign({}, ...[...settings.config.sources.keys()].map(ofSource(settings))),
  ...Object.assign({}, ...queuesOf(settings.config.routes).map(ofQueue)),
  ...domainOutputs(settings),
  BucketName: { Description: 'Where deliveries and large data are', Value: { Ref: BUCKET_ID } },
  ...(settings.server && {
    ServerRoleName: { Description: 'The role of a server', Value: { Ref: 'ServerRole' } },
    ServerRoleArn: { Value: { 'Fn::GetAtt': ['ServerRole', 'Arn'] } },
  }),
  AlarmTopicArn: { Description: 'The topic that alarms notify', Value: { Ref: ALARM_TOPIC_ID } },
});

const ofSource =
  (settings: Settings) =>
  (source: string): Outputs => ({
    [`WebhookUrl${logicalName(source)}`]: {
      Description: `Where ${source} sends its webhooks`,
      Value: join(baseUrl(settings), `/webhooks/${source}`),
    },
    [`TrainingUrl${logicalName(source)}`]: {
      Description: `Where ${source} finds its training integration or ML backend`,
      Value: join(baseUrl(settings), `/training/${source}`),
    },
    [`SecretName${logicalName(source)}`]: {
      Description: `The secret of ${source}`,
      Value: secretName(settings.config.stage, source),
    },
  });

const ofQueue = (queue: string): Outputs => ({
  ...addresses('Queue', queue, queueId(queue)),
  ...(queue !== TAP_QUEUE && addresses('DeadLetterQueue', queue, deadLetterQueueId(queue))),
});

const addresses = (kind: string, queue: string, id: string): Outputs => ({
  [`${kind}Url${logicalName(queue)}`]: { Value: { Ref: id } },
  [`${kind}Arn${logicalName(queue)}`]: { Value: { 'Fn::GetAtt': [id, 'Arn'] } },
});

const join = (base: string | object, path: string): object => ({ 'Fn::Join': ['', [base, path]] });
