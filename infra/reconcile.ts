import { apiKeyName, secretName } from '../lib/aws/secrets-manager/secret-name';
import { LABEL_STORE_QUEUE } from '../lib/config/read-config';
import { queuesOf } from '../lib/events/queues';
import { PREFIX } from '../lib/receive/stored/object-keys';
import { baseUrl } from './http-api';
import { TABLE_ID } from './label-store';
import { queueId } from './queues';
import { allow, arn, objects, role } from './roles';
import type { Resources, Settings } from './settings';
import { BUCKET_ID } from './storage';

/** The function that compares platforms with the label store, in the form of serverless.yml: a schedule for each source. */
export const reconcileFunction = ({ reconcile, ...settings }: Settings): object =>
  reconcile
    ? {
        reconcile: {
          handler: 'dist/reconcile/index.handler',
          description: 'Finds changes that no webhook reported',
          role: 'ReconcileRole',
          timeout: 900,
          // The next call of the schedule is the next try.
          maximumRetryAttempts: 0,
          environment: {
            LABELRELAY_RECONCILE_SOURCES: JSON.stringify(reconcile.sources),
            LABELRELAY_RECONCILE_PROJECTS: (reconcile.projects ?? []).join(','),
            LABELRELAY_RECONCILE_FULL_DAYS: String(reconcile.fullDays),
            LABELRELAY_RECONCILE_LAG_MINUTES: String(reconcile.lagMinutes),
            LABELRELAY_RECONCILE_REQUESTS_PER_SECOND: String(reconcile.requestsPerSecond),
            ...(reconcile.ensureWebhooks && {
              LABELRELAY_RECONCILE_WEBHOOKS_URL: baseUrl(settings),
            }),
          },
          events: Object.keys(reconcile.sources).map((source) => ({
            schedule: { rate: [`rate(${reconcile.everyMinutes} minutes)`], input: { source } },
          })),
          package: { patterns: ['dist/reconcile/**'] },
        },
      }
    : {};

export const reconcileResources = ({ config, reconcile }: Settings): Resources =>
  reconcile
    ? {
        ReconcileRole: role('reconcile', [
          allow(
            ['sqs:SendMessage'],
            queuesOf(config.routes).map((queue) => arn(queueId(queue))),
          ),
          allow(['sqs:GetQueueAttributes'], [arn(queueId(LABEL_STORE_QUEUE))]),
          allow(['s3:PutObject'], objects(PREFIX.data)),
          allow(['s3:GetObject'], objects(PREFIX.state)),
          allow(['s3:ListBucket'], [arn(BUCKET_ID)]),
          allow(
            [
              'dynamodb:BatchGetItem',
              'dynamodb:GetItem',
              'dynamodb:PutItem',
              'dynamodb:Query',
              'dynamodb:UpdateItem',
            ],
            [arn(TABLE_ID)],
          ),
          allow(
            ['secretsmanager:GetSecretValue'],
            Object.keys(reconcile.sources).flatMap((source) => [
              secretArn(apiKeyName(config.stage, source)),
              ...(reconcile.ensureWebhooks ? [secretArn(secretName(config.stage, source))] : []),
            ]),
          ),
        ]),
      }
    : {};

/** Secrets Manager adds six characters to the name. */
const secretArn = (name: string): object => ({
  'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}-??????`,
});
