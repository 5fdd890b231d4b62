import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import { type Environment, EnvironmentReader } from './environment';

/** The configuration of the function that compares platforms with the label store. */
export interface ReconcileConfig {
  /** The address of the API of each source; `true` for the platform's own. */
  readonly sources: Readonly<Record<string, string | true>>;
  /** The ids of the projects. Absent: all that the key sees. */
  readonly projects?: readonly string[];
  /** The time between two rounds of everything, in milliseconds. */
  readonly fullEveryMs: number;
  /** How long a change is left to webhooks, in milliseconds. */
  readonly lagMs: number;
  readonly requestsPerSecond: number;
  /** The base URL of webhooks. If present, projects without a webhook get one to it. */
  readonly webhooksUrl?: string;
}

const VARIABLE = 'LABELRELAY_RECONCILE_SOURCES';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** @throws LabelrelayError `invalid-configuration` that names every problem at once */
export function readReconcileConfig(environment: Environment): ReconcileConfig {
  const reader = new EnvironmentReader(environment);
  const projects = reader.text('LABELRELAY_RECONCILE_PROJECTS', '', /^/);
  const config = {
    sources: readSources(reader),
    projects: projects === '' ? undefined : projects.split(','),
    fullEveryMs: reader.integer('LABELRELAY_RECONCILE_FULL_DAYS', 7, [1, 365]) * DAY_MS,
    lagMs: reader.integer('LABELRELAY_RECONCILE_LAG_MINUTES', 15, [0, 1_440]) * MINUTE_MS,
    webhooksUrl:
      reader.text('LABELRELAY_RECONCILE_WEBHOOKS_URL', '', /^(https?:\/\/.+)?$/) || undefined,
    requestsPerSecond: reader.integer('LABELRELAY_RECONCILE_REQUESTS_PER_SECOND', 10, [1, 1_000]),
  };
  reader.finish();
  return config;
}

function readSources(reader: EnvironmentReader): ReconcileConfig['sources'] {
  const text = reader.text(VARIABLE, '{}');
  const sources = parseJson(text);
  const isKnown = (value: unknown) => value === true || typeof value === 'string';
  if (isObject(sources) && Object.values(sources).every(isKnown)) {
    return sources as ReconcileConfig['sources'];
  }
  reader.wrong(VARIABLE, 'JSON such as {"label-studio": "https://app.example.com"}', text);
  return {};
}
