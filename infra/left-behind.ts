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

/** A resource that a removed stack retained, in the form of a CloudFormation import. */
export interface LeftBehind {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly identifier: Readonly<Record<string, string>>;
  /** The resource in the template of the import. */
  readonly resource: Resource;
}

/** A type of resource that is retained, with its name and identifier. */
interface Kind {
  /** The property with its name. */
  readonly name: string;
  /** The property by which CloudFormation identifies it. */
  readonly identifier: string;
  /** The properties in the template of the import. */
  readonly properties: 'name' | 'all';
  /**
   * @returns the value of the identifier
   * @throws if there is no such resource, or if AWS does not answer
   */
  find(name: string): Promise<string | undefined>;
}

/** The names of the services' errors for a missing resource. */
const MISSING = ['QueueDoesNotExist', 'NotFound', 'ResourceNotFoundException'];

/** The region, endpoint and credentials of a client. The environment has the defaults. */
export type Client = Pick<STSClientConfig, 'credentials'> & { readonly region: string };

/**
 * Finds the resources of a template that exist already.
 *
 * @param skip the ids of the resources in the stack
 * @throws the error of AWS if a resource cannot be looked up
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

/** A name in the template: a string, or one with placeholders for the account and the region. */
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
 * Queues and the bucket are imported with their names alone: the next deployment then sets every other
 * property. A secret is imported whole, because a new way of generating it would generate a new value.
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
        // Another account may own a bucket of this name.
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
