import { PREFIX } from '../lib/receive/object-keys';
import type { Resources } from './settings';

export const BUCKET_ID = 'DeliveriesBucket';

/** Longer than a message can live in a queue and its dead-letter queue together. */
const DATA_DAYS = 30;

/** What is too large for a message, and authentic bytes that nobody could read. */
export const storageResources = (): Resources => ({
  [BUCKET_ID]: {
    Type: 'AWS::S3::Bucket',
    Properties: {
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
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'expire-data',
            Status: 'Enabled',
            Prefix: `${PREFIX.data}/`,
            ExpirationInDays: DATA_DAYS,
          },
          {
            Id: 'expire-raw',
            Status: 'Enabled',
            Prefix: `${PREFIX.raw}/`,
            ExpirationInDays: DATA_DAYS,
          },
        ],
      },
    },
  },
  [`${BUCKET_ID}Policy`]: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: BUCKET_ID },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [
              { 'Fn::GetAtt': [BUCKET_ID, 'Arn'] },
              { 'Fn::Sub': `\${${BUCKET_ID}.Arn}/*` },
            ],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  },
});
