import { DEFAULT_SCHEMA_BASE } from '../events/cloud-event';
import { defaultRoutes, MAX_MESSAGE_BYTES, type Routes, TAP_QUEUE } from '../events/queues';
import { topics } from '../events/topics';
import { storedTopics } from '../label-store/label-handlers';
import { neededTopics, type Work } from '../milestones/needed-topics';
import { isPlatform, platforms } from '../platforms/platforms';
import type { Source } from '../receive/delivery';
import type { ReceiveSettings } from '../receive/receive';
import { type Environment, EnvironmentReader } from './environment';
import { readAllowLists } from './read-allow-lists';
import { readMilestones } from './read-milestones';
import { readRoutes, withQueue } from './read-routes';

const MIB = 1_048_576;
const DAY_MS = 86_400_000;

/** The addresses of the AWS services, and the names of our resources there. */
export interface AwsSettings {
  readonly region: string;
  /** An endpoint that replaces AWS's own for all services. */
  readonly endpoint?: string;
  /** The endpoint of DynamoDB, if it differs. */
  readonly dynamoDbEndpoint?: string;
  /** Whether the environment has credentials: a local stand-in needs none. */
  readonly hasCredentials?: boolean;
  /** The URL of a queue without its name. */
  readonly queueUrlBase: string;
  readonly bucket: string;
  /** The table of the label store. */
  readonly labelStoreTable: string;
  /** The table of completions and milestones. */
  readonly milestonesTable: string;
  readonly stage: string;
  /** How long a replaced secret still verifies. */
  readonly secretOverlapMs: number;
}

/** The configuration of the Lambda functions. */
export interface Config extends ReceiveSettings, AwsSettings {
  /** Whether the label store runs. It has a queue of its own. */
  readonly hasLabelStore: boolean;
  /** The work of the worker of milestones. It has a queue of its own, unless there is nothing to do. */
  readonly milestones: Work;
}

/** The queue of the label store. It gets every event that the worker handles. */
export const LABEL_STORE_QUEUE = 'label-store';

/** The queue of the worker that finds completions and milestones. */
export const MILESTONES_QUEUE = 'milestones';

/** Whether the worker of milestones has anything to do. */
export const hasMilestones = ({ milestones }: Pick<Config, 'milestones'>): boolean =>
  neededTopics(milestones).length > 0;

/** The configuration of `npm start`. */
export interface ServerConfig extends Config {
  readonly port: number;
  /** The ports of the embedded AWS services; undefined if an endpoint is set. */
  readonly embedded?: { readonly awsPort: number; readonly dynamoDbPort: number };
  /** The secrets by source. In production they are in Secrets Manager, never in the environment. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The sources whose secret is the published example. */
  readonly exampleSecrets: readonly string[];
  /** Whether the server prints events as it sends them. */
  readonly pretty: boolean;
}

/**
 * The configuration of a deployed function.
 *
 * @throws LabelrelayError `invalid-configuration` that names every problem at once
 */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  const config = readCommon(reader, sourcesWithoutSecrets(reader), {
    maxBodyBytes: 4 * MIB,
    extras: false,
  });
  reader.finish();
  return config;
}

const defaultSources = Object.keys(platforms)
  .map((name) => `${name}:${name}`)
  .join();

/** Reads the sources of a deployment, whose secrets are in Secrets Manager. */
export const sourcesWithoutSecrets = (reader: EnvironmentReader): SourceEntry[] =>
  splitSources(reader.text('LABELRELAY_SOURCES', defaultSources));

/** Stands in for the endpoint of the embedded services until they have a port. */
const LOCAL = 'http://127.0.0.1';
/** The account that local stand-ins know. */
export const LOCAL_ACCOUNT = '000000000000';

/** The same configuration at the endpoints of local stand-ins. */
export const atEndpoint = <C extends AwsSettings>(
  config: C,
  endpoint: string,
  dynamoDbEndpoint: string = endpoint,
): C => ({
  ...config,
  endpoint,
  dynamoDbEndpoint,
  queueUrlBase: `${endpoint}/${LOCAL_ACCOUNT}/`,
});

const EXAMPLE_SECRET = 'example_secret';
/** The variables with the secrets of the default sources. There is one source for each platform, named after it. */
export const secretVariables = Object.keys(platforms).map((name) => ({
  name,
  variable: `${name.replaceAll('-', '_').toUpperCase()}_WEBHOOK_SECRET`,
}));

/**
 * The configuration of `npm start`, secrets included.
 *
 * @throws LabelrelayError `invalid-configuration` that names every problem at once
 */
export function readServerConfig(environment: Environment): ServerConfig {
  const isEmbedded = !environment.AWS_ENDPOINT_URL;
  const reader = new EnvironmentReader(
    isEmbedded ? { ...environment, AWS_ENDPOINT_URL: LOCAL } : environment,
  );
  const defaults = secretVariables.map(({ name, variable }) => ({
    where: variable,
    name,
    platform: name,
    secret: environment[variable] ?? EXAMPLE_SECRET,
  }));
  const entries = [...defaults, ...splitSources(environment.LABELRELAY_SOURCES ?? '')];
  const config = {
    ...readCommon(reader, entries, { maxBodyBytes: 10 * MIB, extras: isEmbedded }),
    ...(isEmbedded && { region: 'us-east-1' }),
    port: reader.integer('PORT', 3000, [0, 65_535]),
    embedded: isEmbedded
      ? {
          awsPort: reader.integer('AWS_PORT', 4566, [0, 65_535]),
          dynamoDbPort: reader.integer('DYNAMODB_PORT', 8000, [0, 65_535]),
        }
      : undefined,
    secrets: new Map(entries.map(({ name, secret }) => [name, secret])),
    exampleSecrets: entries
      .filter(({ secret }) => secret === EXAMPLE_SECRET)
      .map(({ name }) => name),
    pretty: reader.flag('LABELRELAY_PRETTY', false),
  };
  reader.finish();
  return config;
}

/** A source in the form `<name>:<platform>:<secret>`. */
interface SourceEntry {
  readonly where: string;
  readonly name: string;
  readonly platform: string;
  readonly secret: string;
}

/** A secret may hold colons, but no comma. */
const splitSources = (list: string): SourceEntry[] =>
  list
    .split(',')
    .filter(Boolean)
    .map((entry, index) => {
      const [name = '', platform = '', ...secret] = entry.split(':');
      const where = `LABELRELAY_SOURCES, source ${index + 1}`;
      return { where, name, platform, secret: secret.join(':') };
    });

/** The allowed names of sources. A name is part of URLs and of the name of its secret. */
export const SOURCE_NAME = /^[a-z0-9-]{1,32}$/;

/** Shows no part of an entry, since a mistake can put the secret anywhere. */
function readSources(
  entries: readonly SourceEntry[],
  reader: EnvironmentReader,
): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const { where, name, platform } of entries) {
    if (!SOURCE_NAME.test(name)) {
      reader.wrong(where, 'a name of 1 to 32 of a-z, 0-9 and hyphens');
    } else if (sources.has(name)) {
      reader.wrong(where, 'a name that no other source has');
    }
    if (isPlatform(platform)) sources.set(name, { name, platform: platforms[platform] });
    else reader.wrong(where, `one of the platforms ${Object.keys(platforms).join(', ')}`);
  }
  return sources;
}

/**
 * Reads the settings that every part of the product has in common.
 *
 * @param entries the sources
 * @param defaults `extras`: whether the label store, completions, the tap and the archive are on by default
 */
export function readCommon(
  reader: EnvironmentReader,
  entries: readonly SourceEntry[],
  {
    maxBodyBytes,
    wholeBytes = 32 * MIB,
    extras,
  }: { maxBodyBytes: number; wholeBytes?: number; extras: boolean },
): Config {
  const stage = reader.text(
    'LABELRELAY_STAGE',
    'dev',
    /^[a-zA-Z0-9-]{1,20}$/,
    'a stage of 1 to 20 letters, digits and hyphens',
  );
  const endpoint = readEndpoint(reader, 'AWS_ENDPOINT_URL');
  const sources = readSources(entries, reader);
  const hasLabelStore = reader.flag('LABELRELAY_LABEL_STORE', extras);
  const completion = reader.flag('LABELRELAY_COMPLETION', extras);
  const milestones = {
    rules: readMilestones(reader, 'LABELRELAY_MILESTONES', { sources, completion }),
    completion,
  };
  const routes = withExtras(readRoutes(reader) ?? defaultRoutes, {
    hasLabelStore,
    milestones,
    hasTap: reader.flag('LABELRELAY_TAP', extras),
  });
  return {
    stage,
    sources,
    allowLists: readAllowLists(reader, sources),
    archive: reader.flag('LABELRELAY_ARCHIVE', extras),
    routes,
    hasLabelStore,
    milestones,
    models: reader.text('LABELRELAY_MODELS', '', /^/).split(',').filter(Boolean),
    maxBodyBytes: reader.integer('LABELRELAY_MAX_BODY_BYTES', maxBodyBytes, [1, 4_294_967_296]),
    wholeBytes: reader.integer('LABELRELAY_WHOLE_BYTES', wholeBytes, [0, 1_073_741_824]),
    claimCheckBytes: reader.integer('LABELRELAY_CLAIM_CHECK_BYTES', 262_144, [
      4_096,
      MAX_MESSAGE_BYTES,
    ]),
    native: reader.flag('LABELRELAY_NATIVE', true),
    schemaBase: reader.text('LABELRELAY_SCHEMA_BASE', DEFAULT_SCHEMA_BASE),
    secretOverlapMs: reader.integer('LABELRELAY_SECRET_OVERLAP_DAYS', 7, [0, 365]) * DAY_MS,
    dynamoDbEndpoint: readEndpoint(reader, 'AWS_ENDPOINT_URL_DYNAMODB') ?? endpoint,
    region: reader.text('AWS_REGION', 'us-east-1'),
    endpoint,
    hasCredentials: reader.text('AWS_ACCESS_KEY_ID', '', /^/) !== '',
    queueUrlBase: reader.text(
      'LABELRELAY_QUEUE_URL_BASE',
      endpoint ? `${endpoint}/${LOCAL_ACCOUNT}/` : '',
      /^https?:\/\/[^/]+\/\d{12}\/$/,
      'the URL of a queue without its name, such as https://sqs.us-east-1.amazonaws.com/123456789012/',
    ),
    labelStoreTable: reader.text('LABELRELAY_LABEL_STORE_TABLE', `labelrelay-${stage}-label-store`),
    milestonesTable: reader.text('LABELRELAY_MILESTONES_TABLE', `labelrelay-${stage}-milestones`),
    bucket: reader.text('LABELRELAY_BUCKET', `labelrelay-${stage}-deliveries`.toLowerCase()),
  };
}

/** The same table, with the queues of the tap and of our own workers. */
function withExtras(
  routes: Routes,
  {
    hasLabelStore,
    milestones,
    hasTap,
  }: { hasLabelStore: boolean; milestones: Work; hasTap: boolean },
): Routes {
  const stored = withQueue(routes, LABEL_STORE_QUEUE, hasLabelStore ? storedTopics : []);
  const counted = withQueue(stored, MILESTONES_QUEUE, neededTopics(milestones));
  return withQueue(counted, TAP_QUEUE, hasTap ? topics : []);
}

/** A host, or an IPv6 address in brackets. */
const ENDPOINT = /^(https?:\/\/([^\s/:[\]]+|\[[\da-f:.]+\])(:\d{1,5})?\/?)?$/i;

function readEndpoint(reader: EnvironmentReader, variable: string): string | undefined {
  const endpoint = reader.text(variable, '', ENDPOINT, 'a URL').replace(/\/$/, '');
  if (endpoint === '') return undefined;
  if (URL.canParse(endpoint)) return endpoint;
  reader.wrong(variable, 'a URL', endpoint);
  return undefined;
}
