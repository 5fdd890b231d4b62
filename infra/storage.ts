import { PREFIX } from '../lib/receive/stored/object-keys';
import { keep } from './retain';
import type { Resources, Settings } from './settings';
import { tlsOnly } from './tls-only';

export const BUCKET_ID = 'DeliveriesBucket';

/** Longer than the lifetime of a message in a queue and its dead-letter queue. */
const DATA_DAYS = 30;

/** The bucket of claim checks, held deliveries and undecodable bodies. */
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

/** The lifecycle rules. An object without a rule never expires: it waits for a person. */
const bucket = (stage: string, archiveDays: number): object => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    // The bucket has a fixed name, so that a later stack can import it.
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
        // This rule is also set without an archive, since old objects would stay forever.
        expire(PREFIX.archive, archiveDays || DATA_DAYS),
        {
          // Redelivery aborts old uploads after a day. This rule does so if redelivery does not run.
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
