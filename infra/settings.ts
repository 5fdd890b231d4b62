import type { z } from 'zod';
import type { Config } from '../lib/config/read-config';
import { readSilenceConfig } from '../lib/config/read-silence-config';
import { LabelrelayError } from '../lib/errors';
import { type Custom, customSchema } from './custom';
import { invalidConfiguration } from './invalid-configuration';

/** The argument of functions that serverless.yml calls. */
export interface Framework {
  resolveVariable(address: string): Promise<unknown>;
}

export interface Settings extends Custom {
  /** The configuration as the functions will read it. */
  readonly config: Config;
  /** The variables of all functions. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The further variables of the function `redeliver`. A server copies the variables of `receive`, and has its
   * own value of these.
   */
  readonly redeliverEnvironment: Readonly<Record<string, string>>;
  /** The further variables of the function `silence`. */
  readonly silenceEnvironment: Readonly<Record<string, string>>;
}

/**
 * Reads and checks the settings.
 *
 * @throws LabelrelayError `invalid-configuration` that names every problem. Nothing is packaged then
 */
export async function readSettings({ resolveVariable }: Framework): Promise<Settings> {
  const custom = parseCustom(await resolveVariable('self:custom'));
  const environment = {
    LABELRELAY_STAGE: (await resolveVariable('sls:stage')) as string,
    LABELRELAY_SOURCES: Object.entries(custom.sources)
      .map(([name, platform]) => `${name}:${platform}`)
      .join(','),
    LABELRELAY_ROUTES: JSON.stringify(custom.routes),
    LABELRELAY_ALLOW_LISTS: JSON.stringify(custom.allowLists),
    LABELRELAY_LABEL_STORE: String(custom.labelStore),
    LABELRELAY_COMPLETION: String(custom.completion),
    LABELRELAY_MILESTONES: JSON.stringify(custom.milestones),
    LABELRELAY_TAP: String(custom.tap),
    LABELRELAY_ARCHIVE: String(custom.archiveDays > 0),
    LABELRELAY_MODELS: custom.models.join(','),
    LABELRELAY_NATIVE: String(custom.native),
    LABELRELAY_CLAIM_CHECK_BYTES: String(custom.claimCheckBytes),
    LABELRELAY_MAX_BODY_BYTES: String(custom.maxBodyBytes),
    LABELRELAY_SECRET_OVERLAP_DAYS: String(custom.secretOverlapDays),
  };
  const redeliverEnvironment = { LABELRELAY_WHOLE_BYTES: String(custom.wholeBytes) };
  const silenceEnvironment = { LABELRELAY_SILENCE_HOURS: JSON.stringify(custom.silenceHours) };
  const config = parseEnvironment({
    ...environment,
    ...redeliverEnvironment,
    ...silenceEnvironment,
  });
  expectReconcilable(custom);
  return { ...custom, environment, redeliverEnvironment, silenceEnvironment, config };
}

function parseCustom(value: unknown): Custom {
  const { success, data, error } = customSchema.safeParse(value, { reportInput: true });
  if (success) return data;
  throw invalidConfiguration(error.issues.map(describe).join('\n'), error);
}

/** @throws LabelrelayError `invalid-configuration` */
function expectReconcilable({ reconcile, sources, labelStore }: Custom): void {
  if (!reconcile) return;
  const unknown = Object.keys(reconcile.sources).filter((name) => !Object.hasOwn(sources, name));
  const problems = [
    ...unknown.map((name) => `custom.reconcile.sources: expected a source, got ${name}`),
    ...(labelStore ? [] : ['custom.reconcile: expected labelStore: true beside it, got false']),
  ];
  if (problems.length > 0) throw invalidConfiguration(problems.join('\n'));
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

/** Checks the variables as the functions do. The message names the settings of serverless.yml. */
function parseEnvironment(environment: Readonly<Record<string, string>>): Config {
  try {
    // A placeholder: the real value is known on AWS only.
    return readSilenceConfig({
      ...environment,
      LABELRELAY_QUEUE_URL_BASE: 'https://sqs/000000000000/',
    });
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    const message = error.message.replace(/^LABELRELAY_([A-Z_]+)/gm, (_, name) => keyOf(name));
    throw invalidConfiguration(message, error);
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
