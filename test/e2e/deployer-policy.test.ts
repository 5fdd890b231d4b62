import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { packageService, TEMPLATE } from '../support/package-service';
import { actionsOf, allows, matches, POLICIES, readPolicy } from '../support/policy';
import { pythonWith } from '../support/python';

/**
 * The schema of each resource type lists the calls of CloudFormation, which it makes with the permissions of the
 * deployer. cfn-lint contains these schemas.
 */
const READ_SCHEMAS = `
import cfnlint, glob, json, os
folder = os.path.join(os.path.dirname(cfnlint.__file__), "data/schemas/resources/*.json")
schemas = [json.load(open(path)) for path in glob.glob(folder)]
print(json.dumps({it["typeName"]: it.get("handlers", {}) for it in schemas if "typeName" in it}))
`;

type Handlers = Readonly<Record<string, { readonly permissions?: string[] }>>;
interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests name the CloudFormation properties that they need
  readonly Properties: any;
}

let handlers: Readonly<Record<string, Handlers>>;
let resources: Readonly<Record<string, Resource>>;
const deployer = readPolicy('deployer');

beforeAll(() => {
  const python = join(pythonWith(['cfn-lint==1.58.0']), 'python');
  handlers = JSON.parse(
    execFileSync(python, ['-c', READ_SCHEMAS], { encoding: 'utf8', maxBuffer: 64_000_000 }),
  );
  const template = readFileSync(join(packageService(), TEMPLATE), 'utf8');
  resources = {
    ...JSON.parse(template).Resources,
    // These resources are left out by default.
    Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: {} },
    DomainMapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: {} },
    AlarmEmail: { Type: 'AWS::SNS::Subscription', Properties: {} },
    ReconcileLambdaEvConf: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: {} },
  };
});

/** The region and the account of ARNs, which stand for any. */
const HERE = 'us-east-1:123456789012';
const generated = (id: string): string => `labelrelay-probe-${id}-1A2B3C`;
const DATA_BUCKET = 'labelrelay-probe-123456789012-us-east-1';

// biome-ignore lint/suspicious/noExplicitAny: tests name the CloudFormation properties that they need
const ARNS: Record<string, (id: string, properties: any) => string> = {
  'SQS::Queue': (_, { QueueName }) => `arn:aws:sqs:${HERE}:${QueueName}`,
  'SQS::QueuePolicy': (_, properties) => `arn:aws:sqs:${HERE}:${queueOf(properties)}`,
  'S3::Bucket': (id, { BucketName }) =>
    `arn:aws:s3:::${BucketName ? DATA_BUCKET : generated(id).toLowerCase()}`,
  'S3::BucketPolicy': (id) => `arn:aws:s3:::${generated(id).toLowerCase()}`,
  'DynamoDB::Table': (_, { TableName }) => `arn:aws:dynamodb:${HERE}:table/${TableName}`,
  'SecretsManager::Secret': (_, { Name }) => `arn:aws:secretsmanager:${HERE}:secret:${Name}-AbC123`,
  'SNS::Topic': (id) => `arn:aws:sns:${HERE}:${generated(id)}`,
  'SNS::Subscription': (id) => `arn:aws:sns:${HERE}:${generated(id)}`,
  'IAM::Role': (id) => `arn:aws:iam::123456789012:role/${generated(id)}`,
  'Events::Rule': (id, { Name }) => `arn:aws:events:${HERE}:rule/${Name ?? generated(id)}`,
  'Logs::LogGroup': (_, { LogGroupName }) => `arn:aws:logs:${HERE}:log-group:${LogGroupName}:*`,
  'Logs::MetricFilter': () => `arn:aws:logs:${HERE}:log-group:/aws/http-api/labelrelay-probe:*`,
  'Lambda::Function': (_, { FunctionName }) => `arn:aws:lambda:${HERE}:function:${FunctionName}`,
  'Lambda::Permission': () => `arn:aws:lambda:${HERE}:function:labelrelay-probe-receive`,
  'Lambda::EventInvokeConfig': () =>
    `arn:aws:lambda:${HERE}:function:labelrelay-probe-reconcile:$LATEST`,
  'Lambda::EventSourceMapping': () => `arn:aws:lambda:${HERE}:event-source-mapping:1-2-3`,
  'CloudWatch::Alarm': (_, { AlarmName }) => `arn:aws:cloudwatch:${HERE}:alarm:${AlarmName}`,
  'CloudWatch::Dashboard': (_, { DashboardName }) =>
    `arn:aws:cloudwatch::123456789012:dashboard/${DashboardName}`,
  'ApiGatewayV2::Api': () => 'arn:aws:apigateway:us-east-1::/apis',
  'ApiGatewayV2::Stage': () => 'arn:aws:apigateway:us-east-1::/apis/abc123/stages',
  'ApiGatewayV2::Integration': () => 'arn:aws:apigateway:us-east-1::/apis/abc123/integrations',
  'ApiGatewayV2::Route': () => 'arn:aws:apigateway:us-east-1::/apis/abc123/routes',
  'ApiGatewayV2::DomainName': () => 'arn:aws:apigateway:us-east-1::/domainnames/hooks.example.com',
  'ApiGatewayV2::ApiMapping': () =>
    'arn:aws:apigateway:us-east-1::/domainnames/hooks.example.com/apimappings',
};

const arnOf = (id: string, { Type, Properties }: Resource): string => {
  const arn = ARNS[Type.replace('AWS::', '')];
  if (!arn) throw new Error(`expected the ARN of ${Type}`);
  return arn(id, Properties);
};

const queueOf = ({ Queues: [{ Ref }] }: { Queues: [{ Ref: string }] }): string =>
  resources[Ref]?.Properties.QueueName;

/**
 * Changes of properties that none of our resources has. Reading those properties is still allowed, since
 * CloudFormation checks whether they are set.
 */
const UNUSED = [
  // Own keys, networks, streams, replicas and other tables.
  /^(kms|ec2|elasticfilesystem|s3files|s3tables|kinesis|firehose):/,
  /^s3:(Put|Delete)Bucket(Abac|Acl|CORS|Cors|Logging|ObjectLockConfiguration|Replication|Versioning|Website)$/,
  /^s3:Put(Accelerate|Analytics|IntelligentTiering|Inventory|Metrics|ObjectLock|Replication)Configuration$/,
  /^s3:(Create|Delete|Update)BucketMetadata\w+$/,
  /^s3:DeleteBucket(Analytics|Metrics)Configuration$|^s3:DeleteBucket(Encryption|Lifecycle)$/,
  // For a bucket with replication, or one that CloudFormation empties.
  /^s3:(PutObjectAcl|DeleteObject)$/,
  // For imports of tables, replicas and streams, and copies of items.
  /^dynamodb:(AssociateTableReplica|CreateTableReplica|ImportTable|Scan|Query|\w+Item)$/,
  /^dynamodb:(Enable|Disable|Update)KinesisStreamingDestination$|^dynamodb:UpdateContributorInsights$/,
  /^dynamodb:(Put|Delete)ResourcePolicy$/,
  /^lambda:(Put|Delete)Function(CodeSigningConfig|Concurrency|RecursionConfig|ScalingConfig)$/,
  /^lambda:(PutRuntimeManagementConfig|PublishVersion|PassCapacityProvider|AssociateRuntimeAlias)$/,
  /^lambda:(GetCodeSigningConfig|GetLayerVersion)$/,
  /^secretsmanager:(ReplicateSecretToRegions|RemoveRegionsFromReplication)$/,
  /^iam:(Attach|Detach)RolePolicy$|^iam:(Put|Delete)RolePermissionsBoundary$/,
  /^logs:(Put|Delete)(DataProtectionPolicy|IndexPolicy)$|^logs:(Associate|Disassociate)KmsKey$/,
  /^logs:(DeleteResourcePolicy|PutLogGroupDeletionProtection|PutBearerTokenAuthentication)$/,
  /^sns:PutDataProtectionPolicy$/,
];

/** Calls that are unused for one resource type, with our properties. */
const UNUSED_BY: Readonly<Record<string, RegExp>> = {
  'AWS::DynamoDB::Table': /^(s3|logs|iam):/,
  'AWS::ApiGatewayV2::Api': /^s3:/,
  'AWS::ApiGatewayV2::DomainName': /^s3:/,
  'AWS::ApiGatewayV2::Integration': /^iam:/,
  'AWS::Logs::LogGroup': /^s3:/,
  'AWS::S3::Bucket': /^iam:/,
  'AWS::SNS::Topic': /^iam:/,
  'AWS::SNS::Subscription': /^iam:/,
  'AWS::Events::Rule': /^iam:/,
};

interface Need {
  readonly action: string;
  readonly arn: string;
}

/** The calls of CloudFormation for all our resources. */
const needs = (): Need[] =>
  Object.entries(resources).flatMap(([id, resource]) => {
    const calls = handlers[resource.Type];
    if (!calls) throw new Error(`expected a schema of ${resource.Type}`);
    const actions = Object.entries(calls)
      .filter(([name]) => name !== 'list')
      .flatMap(([, { permissions = [] }]) => permissions)
      .filter((action) => !UNUSED.some((pattern) => pattern.test(action)))
      .filter((action) => !UNUSED_BY[resource.Type]?.test(action));
    return [...new Set(actions)].map((action) => ({ action, arn: onWhat(action, id, resource) }));
  });

/** The resource of a call. A function also needs its role and its zip. */
function onWhat(action: string, id: string, resource: Resource): string {
  if (action === 'iam:PassRole')
    return 'arn:aws:iam::123456789012:role/labelrelay-probe-ReceiveRole-1A2B3C';
  if (action.startsWith('s3:GetObject')) {
    return 'arn:aws:s3:::labelrelay-probe-serverlessdeploymentbucket-1a2b3c/serverless/receive.zip';
  }
  return arnOf(id, resource);
}

test('the deployer policy allows every call of CloudFormation', () => {
  const denied = needs().filter(({ action, arn }) => !allows(deployer, action, arn));
  expect(denied).toEqual([]);
  expect(needs().length).toBeGreaterThan(500);
});

/** The calls of the framework itself, and of API Gateway to deliver its log. */
const OF_THE_FRAMEWORK = [
  /^cloudformation:/,
  /^s3:(ListBucketVersions|PutObject|DeleteObject|DeleteObjectVersion|GetBucketLocation)$/,
  /^lambda:ListVersionsByFunction$/,
  // The framework checks whether there are container images to remove.
  /^ecr:DescribeRepositories$/,
  /^iam:CreateServiceLinkedRole$/,
  /^logs:(Create|Get|Update|Delete|List)LogDeliver(y|ies)$/,
];

test('the deployer policy allows nothing else', () => {
  const needed = needs().map(({ action }) => action);
  const unneeded = deployer
    .flatMap(actionsOf)
    .filter((pattern) => !needed.some((action) => matches(pattern, action)))
    .filter((action) => !OF_THE_FRAMEWORK.some((pattern) => pattern.test(action)));
  expect(unneeded).toEqual([]);
});

test.each([
  ['an object of the data', 's3:GetObject', 'arn:aws:s3:::labelrelay-prod-1-us-east-1/data/1'],
  ['a role of others', 'iam:PutRolePolicy', 'arn:aws:iam::123456789012:role/admin'],
  ['a queue of others', 'sqs:DeleteQueue', `arn:aws:sqs:${HERE}:orders`],
])('who deploys may not touch %s', (_, action, arn) => {
  expect(allows(deployer, action, arn)).toBe(false);
});

test('an import may read and tag the resources that it takes over', () => {
  const adopter = readPolicy('adopter');
  const retained = Object.entries(resources).filter(
    ([, resource]) => 'DeletionPolicy' in (resource as object),
  );
  const denied = retained.flatMap(([id, resource]) =>
    (handlers[resource.Type]?.read?.permissions ?? [])
      .map((action) => ({ action, arn: arnOf(id, resource) }))
      .filter(({ action, arn }) => !allows(adopter, action, arn)),
  );
  expect(denied).toEqual([]);
});

test.each(readdirSync(POLICIES))('%s is small enough for a managed policy', (name) => {
  const text = readFileSync(join(POLICIES, name), 'utf8');
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, without white space.
  expect(text.replace(/\s/g, '').length).toBeLessThanOrEqual(6_144);
});
