import { type Environment, EnvironmentReader } from './environment';
import { type Config, readCommon, sourcesWithoutSecrets } from './read-config';

const MIB = 1_048_576;

/**
 * The variables that a deployment sets for its functions. A server beside them needs the same values, or it
 * does not send events to queues that it does not know.
 */
export const OF_THE_FUNCTIONS = [
  'LABELRELAY_STAGE',
  'LABELRELAY_BUCKET',
  'LABELRELAY_SOURCES',
  'LABELRELAY_ROUTES',
  'LABELRELAY_ALLOW_LISTS',
  'LABELRELAY_LABEL_STORE',
  'LABELRELAY_COMPLETION',
  'LABELRELAY_MILESTONES',
  'LABELRELAY_TAP',
  'LABELRELAY_ARCHIVE',
  'LABELRELAY_MODELS',
  'LABELRELAY_NATIVE',
  'LABELRELAY_CLAIM_CHECK_BYTES',
  'LABELRELAY_SECRET_OVERLAP_DAYS',
] as const;

/** The configuration of `npm run serve`. */
export interface ServeConfig extends Config {
  /** The address to listen on. */
  readonly host: string;
  readonly port: number;
  /** Whether the server redelivers held deliveries. If not, the function `redeliver` of a deployment does. */
  readonly redelivers: boolean;
  /** The limit for all bodies in memory together. */
  readonly memoryBytes: number;
  /** Larger bodies go to S3 while they arrive. */
  readonly streamAboveBytes: number;
  /** The number of such bodies at once. */
  readonly uploads: number;
  /** The bytes that are stored for a source without verification while its secret cannot be read. */
  readonly unverifiedBytesPerMinute: number;
  /** The number of proxies in front whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: number;
  /** How long requests are still accepted after the signal to stop, since load balancers notice it late. */
  readonly drainMs: number;
  /** The variables of OF_THE_FUNCTIONS that are not set, so that their defaults apply. */
  readonly unset: readonly string[];
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
      // S3 copies objects of up to 5 GiB in one call.
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
    // A variable that is set to the empty string counts as set: it can mean that there are no models.
    unset: OF_THE_FUNCTIONS.filter((name) => environment[name] === undefined),
  };
  reader.finish();
  return config;
}
