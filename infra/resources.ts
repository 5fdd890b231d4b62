import { queuesOf } from '../lib/events/queues';
import { HELD } from '../lib/receive/object-keys';
import { alarmResources } from './alarms';
import { exampleFunction, exampleResources } from './example-worker';
import { queueResources } from './queues';
import { roleResources } from './roles';
import { secretResources } from './secrets';
import { type Framework, type Resources, readSettings } from './settings';
import { BUCKET_ID, storageResources } from './storage';

/** Every resource beside those that the framework makes of `functions`. */
export async function resources(framework: Framework): Promise<{ Resources: Resources }> {
  const { config, archiveDays, workerTimeout } = await readSettings(framework);
  const queues = queuesOf(config.routes);
  const sources = [...config.sources.keys()];
  return {
    Resources: {
      ...queueResources(queues, config.stage, workerTimeout),
      ...secretResources(sources, config.stage),
      ...storageResources(archiveDays),
      ...alarmResources(config.stage),
      ...roleResources(queues, sources),
      ...(config.hasExampleWorker ? exampleResources(config) : {}),
    },
  };
}

/** What the functions read their configuration from. */
export async function environment(framework: Framework): Promise<Record<string, unknown>> {
  const settings = await readSettings(framework);
  return {
    ...settings.environment,
    LABELRELAY_BUCKET: { Ref: BUCKET_ID },
    LABELRELAY_LABEL_TABLE: settings.config.labelTable,
    LABELRELAY_QUEUE_URL_BASE: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/',
    },
  };
}

/** The example worker, where it is asked for. */
export async function exampleFunctions(framework: Framework): Promise<object> {
  const { config, workerTimeout } = await readSettings(framework);
  return config.hasExampleWorker
    ? exampleFunction(await environment(framework), workerTimeout)
    : {};
}

/** The events that tell of a delivery that was just held. */
export const heldObjects = async (): Promise<object> => ({
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: {
    bucket: { name: [{ Ref: BUCKET_ID }] },
    object: {
      key: HELD.map((prefix) => ({ prefix: `${prefix}/` })),
    },
  },
});
