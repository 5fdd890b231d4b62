import { invalidConfiguration } from './invalid-configuration';
import type { Resource } from './left-behind';

/** The parts of a template that are checked. */
interface Packaged {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
const MAX_OUTPUTS = 200;
/**
 * The limit in bytes, as JSON: Lambda's error shows the text that it measures.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_ENVIRONMENT_BYTES = 4_096;

/**
 * Checks the limits that AWS itself only checks in the middle of a deployment.
 *
 * @param template the template to be deployed
 * @throws LabelrelayError `invalid-configuration` that names every problem
 */
export function expectDeployable(template: Packaged, region: string): void {
  const problems = [
    ...tooMany('resources', template.Resources, MAX_RESOURCES),
    ...tooMany('outputs', template.Outputs ?? {}, MAX_OUTPUTS),
    ...Object.values(template.Resources).flatMap((resource) => [
      ...environmentProblems(resource, template, region),
      ...certificateProblems(resource, region),
    ]),
  ];
  if (problems.length > 0) throw invalidConfiguration(problems.join('\n'));
}

function tooMany(what: string, table: object, most: number): string[] {
  const { length } = Object.keys(table);
  return length <= most
    ? []
    : [
        `custom.sources, custom.routes: expected at most ${most} ${what} of the stack, as CloudFormation allows, got ${length}: name fewer sources and queues, or deploy some of them as another stage`,
      ];
}

function environmentProblems(
  { Type, Properties = {} }: Resource,
  template: Packaged,
  region: string,
): string[] {
  const { Environment, FunctionName } = Properties as LambdaProperties;
  if (Type !== 'AWS::Lambda::Function' || !Environment) return [];
  const variables = Object.entries(Environment.Variables).map(([name, value]): [string, string] => [
    name,
    resolve(value, template, region),
  ]);
  const bytes = bytesOf(Object.fromEntries(variables));
  if (bytes <= MAX_ENVIRONMENT_BYTES) return [];
  const largest = variables
    .map(([name, value]) => ({ name, bytes: bytesOf(value) }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, 3)
    .map(({ name, bytes }) => `${name} ${bytes}`);
  return [
    `custom.allowLists, custom.routes, custom.sources, custom.models: expected an environment of ${FunctionName} of at most ${MAX_ENVIRONMENT_BYTES} bytes as JSON, as Lambda allows, got ${bytes} (${largest.join(', ')}): join ranges of addresses to larger ones, or shorten the others`,
  ];
}

interface LambdaProperties {
  readonly FunctionName?: string;
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** A placeholder as long as the longest name that AWS generates. */
const UNKNOWN = 'x'.repeat(128);

/** The final value, or a placeholder of the same length. */
function resolve(value: unknown, template: Packaged, region: string): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::Sub': text } = value as { Ref?: string; 'Fn::Sub'?: unknown };
  if (Ref !== undefined) {
    const name = template.Resources[Ref]?.Properties?.BucketName;
    return name === undefined ? UNKNOWN : resolve(name, template, region);
  }
  if (typeof text !== 'string') return UNKNOWN;
  return text.replace(/\$\{(.*?)\}/g, (_, name) => pseudoParameter(name, region));
}

function pseudoParameter(name: string, region: string): string {
  if (name === 'AWS::AccountId') return '123456789012';
  if (name === 'AWS::Region') return region;
  if (name === 'AWS::URLSuffix') return `amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return UNKNOWN;
}

/** Its ARN is `arn:<partition>:acm:<region>:…` */
function certificateProblems({ Type, Properties = {} }: Resource, region: string): string[] {
  if (Type !== 'AWS::ApiGatewayV2::DomainName') return [];
  const { DomainNameConfigurations } = Properties as {
    DomainNameConfigurations: { CertificateArn: string }[];
  };
  return DomainNameConfigurations.flatMap(({ CertificateArn }) => {
    const ownRegion = CertificateArn.split(':')[3];
    return ownRegion === region
      ? []
      : [
          `custom.domain.certificateArn: expected a certificate in ${region}, the region of the deployment, got one in ${ownRegion}: request one in ${region} from AWS Certificate Manager`,
        ];
  });
}
