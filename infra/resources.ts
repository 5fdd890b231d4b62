import { join } from 'node:path';
import { hasMilestones } from '../lib/config/read-config';
import { LabelrelayError } from '../lib/errors';
import { NEXT, PREFIX } from '../lib/receive/stored/object-keys';
import { alarmResources } from './alarms';
import { NODE_OPTIONS } from './build-options';
import { dashboardResources } from './dashboard';
import { expectFreshBundles } from './fresh-bundles';
import { readFunctions } from './functions';
import { accessLogFormat, accessLogResources, apiExtensions, domainResources } from './http-api';
import { labelStore } from './label-store';
import { milestones } from './milestones';
import { outputs } from './outputs';
import { type OwnWorker, workerFunction, workerResources } from './own-worker';
import { queueResources } from './queues';
import { reconcileFunction, reconcileResources } from './reconcile';
import { roleResources } from './roles';
import { secretResources } from './secrets';
import { type Framework, type Resources, readSettings, type Settings } from './settings';
import { BUCKET_ID, storageResources } from './storage';

export { accessLogFormat };

/** The resources beside those that the framework makes of `functions`. */
export async function resources(
  framework: Framework,
): Promise<{ Resources: Resources; extensions: object; Outputs: object }> {
  const settings = await readSettings(framework);
  expectFreshBundles(join(__dirname, '..'));
  const functions = await readFunctions(framework);
  return {
    Resources: {
      ...queueResources(settings),
      ...secretResources(settings),
      ...storageResources(settings),
      ...domainResources(settings),
      ...accessLogResources(settings),
      ...alarmResources(settings, functions),
      ...dashboardResources(settings, functions),
      ...roleResources(settings),
      ...Object.assign({}, ...ownWorkers(settings).map((each) => workerResources(each, settings))),
      ...reconcileResources(settings),
    },
    extensions: apiExtensions(settings),
    Outputs: outputs(settings),
  };
}

/** The variables of all functions. */
export const environment = fromSettings(
  (settings): Record<string, unknown> => ({
    NODE_OPTIONS,
    ...settings.environment,
    LABELRELAY_BUCKET: { Ref: BUCKET_ID },
    LABELRELAY_LABEL_STORE_TABLE: settings.config.labelStoreTable,
    LABELRELAY_MILESTONES_TABLE: settings.config.milestonesTable,
    LABELRELAY_QUEUE_URL_BASE: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/',
    },
  }),
);

/** The further variables of the function `redeliver`. */
export const redeliverEnvironment = fromSettings((settings) => settings.redeliverEnvironment);

/** The further variables of the function `silence`. */
export const silenceEnvironment = fromSettings((settings) => settings.silenceEnvironment);

/** The functions of the workers that are switched on. */
export const workerFunctions = fromSettings((settings) =>
  Object.assign({}, ...ownWorkers(settings).map((worker) => workerFunction(worker, settings))),
);

/** The function that compares platforms with the label store, if it is switched on. */
export const reconcileFunctions = fromSettings(reconcileFunction);

const ownWorkers = (settings: Settings): OwnWorker[] => [
  ...(settings.config.hasLabelStore ? [labelStore(settings)] : []),
  ...(hasMilestones(settings.config) ? [milestones(settings)] : []),
];

/** The EventBridge pattern of held deliveries that are due at once. */
export const heldObjects = async (): Promise<object> => ({
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: {
    bucket: { name: [{ Ref: BUCKET_ID }] },
    object: {
      key: [PREFIX.verified, PREFIX.large].map((prefix) => ({ wildcard: `${prefix}/*${NEXT}` })),
    },
  },
});

/** Only `resources` reports wrong settings: the framework prints every rejection. */
function fromSettings(make: (settings: Settings) => object) {
  return async (framework: Framework): Promise<object> => {
    try {
      return make(await readSettings(framework));
    } catch (error) {
      if (error instanceof LabelrelayError) return {};
      throw error;
    }
  };
}
