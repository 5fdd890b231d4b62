import { type Config, readConfig } from '../lib/config/read-config';

/** What serverless.yml hands to a function of this folder. */
export interface Framework {
  resolveVariable(address: string): Promise<unknown>;
}

/** What serverless.yml says under `custom`. */
interface Custom {
  readonly sources: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, readonly string[]>>;
  readonly models: readonly string[];
  readonly native: boolean;
  readonly claimCheckBytes: number;
  readonly maxBodyBytes: number;
  readonly secretOverlapDays: number;
  readonly allowLists: Readonly<Record<string, readonly string[]>>;
  readonly archiveDays: number;
  readonly exampleWorker: boolean;
  readonly workerTimeout: number;
}

export interface Settings {
  /** As the functions will read it. */
  readonly config: Config;
  /** What they read it from. */
  readonly environment: Readonly<Record<string, string>>;
  readonly archiveDays: number;
  /** The timeout of the slowest worker on the queues, in seconds. */
  readonly workerTimeout: number;
}

/** @throws LabelrelayError `invalid-configuration` that names every problem: nothing is packaged */
export async function readSettings({ resolveVariable }: Framework): Promise<Settings> {
  const custom = (await resolveVariable('self:custom')) as Custom;
  const environment = {
    LABELRELAY_STAGE: (await resolveVariable('sls:stage')) as string,
    LABELRELAY_SOURCES: Object.entries(custom.sources)
      .map(([name, platform]) => `${name}:${platform}`)
      .join(','),
    LABELRELAY_ROUTES: JSON.stringify(custom.routes),
    LABELRELAY_ALLOW_LISTS: JSON.stringify(custom.allowLists),
    LABELRELAY_EXAMPLE_WORKER: String(custom.exampleWorker),
    LABELRELAY_ARCHIVE: String(custom.archiveDays > 0),
    LABELRELAY_MODELS: custom.models.join(','),
    LABELRELAY_NATIVE: String(custom.native),
    LABELRELAY_CLAIM_CHECK_BYTES: String(custom.claimCheckBytes),
    LABELRELAY_MAX_BODY_BYTES: String(custom.maxBodyBytes),
    LABELRELAY_SECRET_OVERLAP_DAYS: String(custom.secretOverlapDays),
  };
  // Known only where it is deployed: stands in here so that all the rest is checked.
  const deployed = { LABELRELAY_QUEUE_URL_BASE: 'https://sqs/' };
  const config = readConfig({ ...environment, ...deployed });
  const { archiveDays, workerTimeout } = custom;
  return { config, environment, archiveDays, workerTimeout };
}

/** Resources of a CloudFormation template by logical id. */
export type Resources = Record<string, object>;

/** A name as part of a logical id, which has no hyphens: two names never become one. */
export const logicalName = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', 'Dash');
