import * as z from 'zod';
import type { Environment } from '../lib/config/environment';
import { type Config, SOURCE_NAME } from '../lib/config/read-config';
import { readSilenceConfig } from '../lib/config/read-silence-config';
import { LabelrelayError } from '../lib/errors';
import type { PlatformName } from '../lib/platforms/platforms';
import { type Custom, customSchema, platformNames } from './custom';
import { invalidConfiguration } from './invalid-configuration';

/** The argument of functions that serverless.yml calls. */
export interface Framework {
  resolveVariable(address: string): Promise<unknown>;
}

export interface Settings extends Custom {
  /** The configuration as the functions will read it. */
  readonly config: Config;
  /** The variables of all functions. */
  readonly environment: Environment;
  /**
   * The further variables of the function `redeliver`. A server copies the variables of `receive`, and has its
   * own value of these.
   */
  readonly redeliverEnvironment: Environment;
  /** The further variables of the function `silence`. */
  readonly silenceEnvironment: Environment;
}

/**
 * Reads and checks the settings.
 *
 * @throws LabelrelayError `invalid-configuration` that names every problem. Nothing is packaged then
 */
export async function readSettings({ resolveVariable }: Framework): Promise<Settings> {
  const given = await resolveVariable('self:custom');
  const stage = (await resolveVariable('sls:stage')) as string;
  const { data, error } = customSchema.safeParse(given, { reportInput: true });
  const custom = data ?? rightOf(given);
  const variables = variablesOf(custom, stage);
  const { config, problem } = readVariables(variables);
  const problems = [
    ...(error?.issues.map(describe) ?? []),
    ...(problem ? [problem] : []),
    ...reconcileProblems(custom),
  ];
  if (data && config && problems.length === 0) return { ...data, ...variables, config };
  throw invalidConfiguration(problems.join('\n'), error);
}

/** The settings that are right. They are checked further, so that every problem is reported at once. */
function rightOf(given: unknown): Partial<Custom> {
  const settings = tableOf(given);
  const right = Object.entries(customSchema.shape).flatMap(([key, schema]) => {
    const { success, data } = schema.safeParse(settings[key]);
    return success ? [[key, data]] : [];
  });
  return { sources: anyPlatforms(settings.sources), ...Object.fromEntries(right) };
}

/** Sources whose platforms are wrong: other settings still refer to their names. */
const anyPlatforms = (sources: unknown): Custom['sources'] =>
  Object.fromEntries(
    Object.keys(tableOf(sources))
      .filter((name) => SOURCE_NAME.test(name))
      .map((name) => [name, platformNames[0] as PlatformName]),
  );

const tableOf = (value: unknown): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).catch({}).parse(value);

type Variables = Pick<Settings, 'environment' | 'redeliverEnvironment' | 'silenceEnvironment'>;

/** @param custom lacks the settings that are wrong. `JSON.stringify` gives undefined for these */
function variablesOf(custom: Partial<Custom>, stage: string): Variables {
  const { sources, archiveDays } = custom;
  return {
    environment: {
      LABELRELAY_STAGE: stage,
      LABELRELAY_SOURCES:
        sources &&
        Object.entries(sources)
          .map(([name, platform]) => `${name}:${platform}`)
          .join(','),
      LABELRELAY_ROUTES: JSON.stringify(custom.routes),
      LABELRELAY_ALLOW_LISTS: JSON.stringify(custom.allowLists),
      LABELRELAY_LABEL_STORE: custom.labelStore?.toString(),
      // A rule may wait for completions if it is unknown whether there are any.
      LABELRELAY_COMPLETION: (custom.completion ?? true).toString(),
      LABELRELAY_MILESTONES: JSON.stringify(custom.milestones),
      LABELRELAY_TAP: custom.tap?.toString(),
      LABELRELAY_ARCHIVE: archiveDays === undefined ? undefined : String(archiveDays > 0),
      LABELRELAY_MODELS: custom.models?.join(','),
      LABELRELAY_NATIVE: custom.native?.toString(),
      LABELRELAY_CLAIM_CHECK_BYTES: custom.claimCheckBytes?.toString(),
      LABELRELAY_MAX_BODY_BYTES: custom.maxBodyBytes?.toString(),
      LABELRELAY_SECRET_OVERLAP_DAYS: custom.secretOverlapDays?.toString(),
    },
    redeliverEnvironment: { LABELRELAY_WHOLE_BYTES: custom.wholeBytes?.toString() },
    silenceEnvironment: { LABELRELAY_SILENCE_HOURS: JSON.stringify(custom.silenceHours) },
  };
}

function reconcileProblems({ reconcile, sources, labelStore }: Partial<Custom>): string[] {
  if (!reconcile) return [];
  const unknown = Object.keys(reconcile.sources).filter(
    (name) => sources && !Object.hasOwn(sources, name),
  );
  return [
    ...unknown.map((name) => `custom.reconcile.sources: expected a source, got ${name}`),
    ...(labelStore === false
      ? ['custom.reconcile: expected labelStore: true beside it, got false']
      : []),
  ];
}

const describe = (issue: z.core.$ZodIssue): string => {
  const key = ['custom', ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    const known =
      issue.path.length === 0 ? Object.keys(customSchema.shape).join(', ') : 'what is documented';
    return `${key}.${issue.keys.join(', ')}: expected only ${known}`;
  }
  // For the key of a record, the message is nested.
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  const came = issue.code === 'invalid_key' ? issue.path.at(-1) : issue.input;
  return `${key}: ${message}, got ${JSON.stringify(came) ?? 'nothing'}`;
};

/** Checks the variables as the functions do. A problem names the settings of serverless.yml. */
function readVariables(variables: Variables): { config?: Config; problem?: string } {
  try {
    const config = readSilenceConfig({
      ...variables.environment,
      ...variables.redeliverEnvironment,
      ...variables.silenceEnvironment,
      // A placeholder: the real value is known on AWS only.
      LABELRELAY_QUEUE_URL_BASE: 'https://sqs/000000000000/',
    });
    return { config };
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    const problem = error.message.replace(/^LABELRELAY_([A-Z_]+)/gm, (_, name) => keyOf(name));
    return { problem };
  }
}

/** The setting of a variable: `CLAIM_CHECK_BYTES` becomes `custom.claimCheckBytes`. */
const keyOf = (variable: string): string =>
  variable === 'STAGE'
    ? '--stage'
    : `custom.${variable.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase())}`;

/** Resources of a CloudFormation template by logical id. */
export type Resources = Record<string, object>;

/** A name in a logical id, which has no hyphens. Different names have different ids. */
export const logicalName = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', 'Dash');
