import { type Environment, EnvironmentReader } from './environment';
import { type Config, readCommon, sourcesWithoutSecrets } from './read-config';

const MIB = 1_048_576;

/**
 * What a deployment tells its functions. A server beside them that is not told the same drops events of
 * queues that it does not know.
 */
export const OF_THE_FUNCTIONS = [
  'LABELRELAY_STAGE',
  'LABELRELAY_BUCKET',
  'LABELRELAY_SOURCES',
  'LABELRELAY_ROUTES',
  'LABELRELAY_ALLOW_LISTS',
  'LABELRELAY_EXAMPLE_WORKER',
  'LABELRELAY_TAP',
  'LABELRELAY_ARCHIVE',
  'LABELRELAY_MODELS',
  'LABELRELAY_NATIVE',
  'LABELRELAY_CLAIM_CHECK_BYTES',
  'LABELRELAY_SECRET_OVERLAP_DAYS',
] as const;

/** What `npm run serve` needs to know: as a deployed function, and where and how it listens. */
export interface ServeConfig extends Config {
  /** The address to listen on. */
  readonly host: string;
  readonly port: number;
  /** Whether it redelivers what is held: else the function `redeliver` of a deployment does. */
  readonly redelivers: boolean;
  /** What bodies that are in memory at once may come to. */
  readonly memoryBytes: number;
  /** Larger bodies go to S3 while they arrive. */
  readonly streamAboveBytes: number;
  /** How many of those are under way at once. */
  readonly uploads: number;
  /** What strangers can make us store of a source while its secret cannot be read. */
  readonly unverifiedBytesPerMinute: number;
  /** How many proxies are in front, whose word on addresses is believed. */
  readonly trustedProxies: number;
  /** How long requests are still taken after the signal to stop: load balancers hear of it late. */
  readonly drainMs: number;
  /** What of OF_THE_FUNCTIONS it was not told, and took the default of. */
  readonly untold: readonly string[];
}

/**
 * The configuration of the production server. Its secrets are in Secrets Manager.
 *
 * @throws LabelrelayError `invalid-configuration` that names every problem at once
 */
export function readServeConfig(environment: Environment): ServeConfig {
  const reader = new EnvironmentReader(environment);
  const config = {
    ...readCommon(reader, sourcesWithoutSecrets(reader), {
      // S3 copies no larger objects in one call: 5 GiB.
      maxBodyBytes: 4_096 * MIB,
      wholeBytes: 8 * MIB,
      extras: false,
    }),
    host: reader.text('HOST', '0.0.0.0', /^[\w.:-]+$/, 'an address to listen on'),
    port: reader.integer('PORT', 3000, [0, 65_535]),
    redelivers: reader.flag('LABELRELAY_REDELIVERS', true),
    memoryBytes: reader.integer('LABELRELAY_MEMORY_BYTES', 16 * MIB, [MIB, 16_384 * MIB]),
    streamAboveBytes: reader.integer('LABELRELAY_STREAM_ABOVE_BYTES', 4 * MIB, [65_536, 64 * MIB]),
    uploads: reader.integer('LABELRELAY_UPLOADS', 4, [1, 1_000]),
    unverifiedBytesPerMinute: reader.integer(
      'LABELRELAY_UNVERIFIED_BYTES_PER_MINUTE',
      1_024 * MIB,
      [0, 1_048_576 * MIB],
    ),
    trustedProxies: reader.integer('LABELRELAY_TRUSTED_PROXIES', 0, [0, 10]),
    drainMs: reader.integer('LABELRELAY_DRAIN_SECONDS', 10, [0, 600]) * 1_000,
    // Set to nothing, it was told: that there are no models, for example.
    untold: OF_THE_FUNCTIONS.filter((name) => environment[name] === undefined),
  };
  reader.finish();
  return config;
}
