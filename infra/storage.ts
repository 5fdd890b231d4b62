import { PREFIX } from '../lib/receive/object-keys';
import { keep } from './retain';
import type { Resources, Settings } from './settings';
import { tlsOnly } from './tls-only';

export const BUCKET_ID = 'DeliveriesBucket';

/** Longer than a message can live in a queue and its dead-letter queue together. */
const DATA_DAYS = 30;

/**
 * What is too large for a message, deliveries that have to wait, and authentic bytes that nobody
 * could read.
 */
export const storageResources = ({
  config: { stage },
  archiveDays,
  retain,
}: Settings): Resources => ({
  ...keep({ [BUCKET_ID]: bucket(stage, archiveDays) }, retain),
  [`${BUCKET_ID}Policy`]: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: BUCKET_ID },
      PolicyDocument: tlsOnly('s3', [
        { 'Fn::GetAtt': [BUCKET_ID, 'Arn'] },
        { 'Fn::Sub': `\${${BUCKET_ID}.Arn}/*` },
      ]),
    },
  },
});

/** What no rule names does not expire: it waits for a person. */
const bucket = (stage: string, archiveDays: number): object => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    // Named, so that a stack that is deployed again can take it over.
    BucketName: {
      'Fn::Sub': `labelrelay-${stage.toLowerCase()}-\${AWS::AccountId}-\${AWS::Region}`,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      ],
    },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    LifecycleConfiguration: {
      Rules: [
        ...[PREFIX.data, PREFIX.raw, PREFIX.rejected, PREFIX.progress].map((prefix) =>
          expire(prefix, DATA_DAYS),
        ),
        // Also where no archive is kept any more: what it has would stay for ever.
        expire(PREFIX.archive, archiveDays || DATA_DAYS),
        {
          // Redelivery takes them away after a day: where it does not run, nothing else would.
          Id: 'abort-unfinished-uploads',
          Status: 'Enabled',
          Prefix: '',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
        },
      ],
    },
  },
});

const expire = (prefix: string, days: number): object => ({
  Id: `expire-${prefix}`,
  Status: 'Enabled',
  Prefix: `${prefix}/`,
  ExpirationInDays: days,
});
