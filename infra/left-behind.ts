import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { LabelrelayError } from '../lib/errors';

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** A resource that outlived its stack: what a CloudFormation import has to be told. */
export interface LeftBehind {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly identifier: Readonly<Record<string, string>>;
  /** How it stands in the template of the import. */
  readonly resource: Resource;
}

/** A type of resource that is retained: how it is found by its name, and identified. */
interface Kind {
  /** The property that names it. */
  readonly name: string;
  /** What CloudFormation identifies it by. */
  readonly identifier: string;
  /** The properties that the import tells. */
  readonly properties: 'name' | 'all';
  /** @returns the identifier's value @throws when there is no such resource, or it cannot be known */
  find(name: string): Promise<string | undefined>;
}

/** What the services call a thing that is not there. */
const MISSING = ['QueueDoesNotExist', 'NotFound', 'ResourceNotFoundException'];

/** Where AWS is, and who asks: by default the environment says so. */
export type Client = Pick<STSClientConfig, 'credentials'> & { readonly region: string };

/**
 * The resources of a template that exist already.
 *
 * @param skip the ids of those that the stack has
 * @throws what AWS says when it cannot be known
 */
export async function findLeftBehind(
  template: Template,
  skip: ReadonlySet<string>,
  client: Client,
): Promise<LeftBehind[]> {
  const { region } = client;
  const { Account = '' } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
  const kinds = kindsIn(client, Account);
  const found: LeftBehind[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const kind = kinds[resource.Type];
    if (!resource.DeletionPolicy || skip.has(id) || !kind) continue;
    const name = nameOf(resource.Properties[kind.name], Account, region);
    const value = await unlessMissing(() => kind.find(name));
    if (!value) continue;
    const Properties =
      kind.properties === 'all'
        ? resource.Properties
        : { [kind.name]: resource.Properties[kind.name] };
    found.push({
      id,
      type: resource.Type,
      name,
      identifier: { [kind.identifier]: value },
      resource: { ...resource, Properties },
    });
  }
  return found;
}

/** A name as it is written in our template: a string, or one with the account and the region. */
const nameOf = (property: unknown, account: string, region: string): string => {
  const text =
    typeof property === 'string' ? property : (property as { 'Fn::Sub': string })['Fn::Sub'];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  return text.replace('${AWS::AccountId}', account).replace('${AWS::Region}', region);
};

async function unlessMissing<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (MISSING.includes((error as Error).name)) return undefined;
    throw error;
  }
}

/**
 * Queues and the bucket are imported by their names alone: so the deployment that follows sees every
 * other property as new and sets it, however long ago they were made. A secret is imported whole:
 * its way of being generated, seen as new, would generate it anew.
 */
const kindsIn = (client: Client, account: string): Readonly<Record<string, Kind>> => {
  const sqs = new SQSClient(client);
  const s3 = new S3Client(client);
  const secrets = new SecretsManagerClient(client);
  const dynamoDb = new DynamoDBClient(client);
  return {
    'AWS::SQS::Queue': {
      name: 'QueueName',
      identifier: 'QueueUrl',
      properties: 'name',
      find: async (QueueName) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl,
    },
    'AWS::S3::Bucket': {
      name: 'BucketName',
      identifier: 'BucketName',
      properties: 'name',
      find: async (Bucket) => {
        // A stranger may have made one by this name.
        await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
        return Bucket;
      },
    },
    'AWS::SecretsManager::Secret': {
      name: 'Name',
      identifier: 'Id',
      properties: 'all',
      find: async (SecretId) => {
        const { ARN, DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId }));
        if (!DeletedDate) return ARN;
        throw new LabelrelayError(
          'invalid-configuration',
          `expected the secret ${SecretId}, got one that is to be deleted: aws secretsmanager restore-secret --secret-id ${SecretId} keeps it`,
        );
      },
    },
    'AWS::DynamoDB::Table': {
      name: 'TableName',
      identifier: 'TableName',
      properties: 'all',
      find: async (TableName) => {
        await dynamoDb.send(new DescribeTableCommand({ TableName }));
        return TableName;
      },
    },
  };
};
