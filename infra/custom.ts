import * as z from 'zod';
import { SOURCE_NAME } from '../lib/config/read-config';
import { platforms } from '../lib/platforms/platforms';

const DOMAIN = /^(?!.{254})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const CERTIFICATE = /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/;
/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

const expected = (what: string): { error: string } => ({ error: `expected ${what}` });

/** A `--param` of the command line is text, such as `retain=false`. */
const wholeNumber = (least: number, most: number) => {
  const range = expected(`a whole number from ${least} to ${most}`);
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int(range).min(least, range).max(most, range),
  );
};

const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(expected('true or false')),
);

const text = z.string(expected('text'));
const number = z.number(expected('a number'));
const list = z.array(text, expected('a list'));
const table = <V extends z.ZodType>(name: z.ZodType<string, string>, value: V) =>
  z.record(name, value, expected('a table'));

export const platformNames = Object.keys(platforms) as (keyof typeof platforms)[];
const sourceName = z
  .string()
  .regex(SOURCE_NAME, expected('a name of 1 to 32 of a-z, 0-9 and hyphens'));

/**
 * The settings under `custom` in serverless.yml. If the functions check a value themselves, this schema only
 * checks its type: see readSettings.
 */
export const customSchema = z.strictObject({
  sources: table(
    sourceName,
    z.enum(platformNames, expected(`one of the platforms ${platformNames.join(', ')}`)),
  ),
  routes: table(text, list),
  models: list,
  native: flag,
  claimCheckBytes: number,
  // A request to a Lambda function ends at 6 MiB, with the body in base64.
  maxBodyBytes: wholeNumber(1, 4_700_000),
  wholeBytes: number,
  secretOverlapDays: number,
  allowLists: table(text, list),
  archiveDays: wholeNumber(0, 36_500),
  labelStore: flag,
  completion: flag,
  milestones: z.array(z.record(z.string(), z.unknown()), expected('a list of rules')),
  tap: flag,
  server: flag,
  // Lambda's longest timeout is 900 seconds; SQS hides a message for at most 12 hours.
  workerTimeout: wholeNumber(1, 900),
  // The limits of an event source mapping.
  workerConcurrency: wholeNumber(2, 1_000),
  retain: flag,
  logDays: z.literal(LOG_DAYS, expected(`one of ${LOG_DAYS.join(', ')}`)),
  alarms: z.enum(['grouped', 'all'], expected('grouped or all')),
  alarmEmail: z.email(expected('an e-mail address')).optional(),
  refusedPer5Minutes: wholeNumber(1, 1_000_000),
  oldestMessageMinutes: wholeNumber(1, 5_760),
  silenceHours: z.union(
    [number, table(sourceName, number)],
    expected('hours, or a table of sources and hours'),
  ),
  reconcile: z
    .union(
      [
        flag.pipe(z.literal(false)),
        z.strictObject({
          sources: table(
            sourceName,
            z.union([z.literal(true), text.regex(/^https?:\/\/./)], expected('true or a URL')),
          ),
          projects: list.optional(),
          // A call takes up to 15 minutes.
          everyMinutes: wholeNumber(15, 1_440).default(60),
          fullDays: wholeNumber(1, 365).default(7),
          lagMinutes: wholeNumber(0, 1_440).default(15),
          requestsPerSecond: wholeNumber(1, 1_000).default(10),
          ensureWebhooks: flag.default(false),
        }),
      ],
      expected('false, or {sources: {<source>: true or the URL of its platform}}'),
    )
    .default(false),
  throttle: z
    .strictObject(
      { rate: wholeNumber(1, 1_000_000), burst: wholeNumber(1, 1_000_000) },
      expected('{rate, burst}'),
    )
    .optional(),
  domain: z
    .strictObject(
      {
        name: text.regex(DOMAIN, expected('a domain name')),
        certificateArn: text.regex(CERTIFICATE, expected("the ARN of ACM's certificate")),
      },
      expected('{name, certificateArn}'),
    )
    .optional(),
});

export type Custom = z.infer<typeof customSchema>;
