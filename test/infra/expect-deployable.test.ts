import { describe, expect, test } from '@jest/globals';
import { expectDeployable } from '../../infra/expect-deployable';

const REGION = 'eu-central-1';

const many = (count: number, what: object): Record<string, never> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`It${n}`, what as never]));

const queue = { Type: 'AWS::SQS::Queue', Properties: {} };

test.each([
  ['resources', 500, (count: number) => ({ Resources: many(count, queue) })],
  ['outputs', 200, (count: number) => ({ Resources: {}, Outputs: many(count, { Value: 'x' }) })],
])('of %s at most %i', (what, most, template) => {
  expect(() => expectDeployable(template(most), REGION)).not.toThrow();
  expect(() => expectDeployable(template(most + 1), REGION)).toThrow(
    `expected at most ${most} ${what} of the stack, as CloudFormation allows, got ${most + 1}: name fewer`,
  );
});

describe('the environment of a function', () => {
  const template = (Variables: Record<string, unknown>) => ({
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
        Properties: { BucketName: { 'Fn::Sub': 'b-${AWS::AccountId}-${AWS::Region}' } },
      },
      Receive: {
        Type: 'AWS::Lambda::Function',
        Properties: { FunctionName: 'receive', Environment: { Variables } },
      },
      Plain: { Type: 'AWS::Lambda::Function', Properties: {} },
    },
  });

  test.each([
    // {"A":""} is 8 bytes.
    ['plain text', {}, 4_096 - 8],
    // Lambda measures JSON, in which each quote of a list takes two bytes: "B":"[\\"b\\"]" and a comma are 14.
    ['JSON in it', { B: '["b"]' }, 4_096 - 8 - 14],
    // Two bytes in UTF-8 each: "B":"ää" and a comma are 11.
    ['letters of two bytes', { B: 'ää' }, 4_096 - 8 - 11],
    // b-123456789012-eu-central-1 is 27 bytes; with "B":"" and a comma 34.
    ['what only AWS knows', { B: { Ref: 'Bucket' } }, 4_096 - 8 - 34],
    // https://sqs.eu-central-1.amazonaws.com/123456789012/ is 52 bytes.
    [
      'an address',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      { B: { 'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/' } },
      4_096 - 8 - 59,
    ],
  ])('%s: 4096 bytes at most', (_, others, length) => {
    const of = (count: number) => template({ A: 'a'.repeat(count), ...others });
    expect(() => expectDeployable(of(length), REGION)).not.toThrow();
    expect(() => expectDeployable(of(length + 1), REGION)).toThrow(
      /an environment of receive of at most 4096 bytes as JSON, as Lambda allows, got 4097 \(A \d+/,
    );
  });
});

test('a certificate of another region', () => {
  const template = (region: string) => ({
    Resources: {
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: {
          DomainNameConfigurations: [
            { CertificateArn: `arn:aws:acm:${region}:123456789012:certificate/1` },
          ],
        },
      },
    },
  });
  expect(() => expectDeployable(template(REGION), REGION)).not.toThrow();
  expect(() => expectDeployable(template('us-east-1'), REGION)).toThrow(
    'custom.domain.certificateArn: expected a certificate in eu-central-1, the region of the deployment, got one in us-east-1',
  );
});

test('every problem is told at once', () => {
  const template = { Resources: many(501, queue), Outputs: many(201, {}) };
  expect(() => expectDeployable(template, REGION)).toThrow(/501.*\n.*201/);
});
