import type { Context } from 'aws-lambda';
import type { AwsSettings } from '../../config/read-config';
import { readSecret } from '../secrets-manager/read-secret';
import { apiKeyName } from '../secrets-manager/secret-name';

/** The event of the schedule of a source. */
export interface ReconcileEvent {
  readonly source: string;
}

/** The time at the end of a call that is kept to end a page and remember the place, in milliseconds. */
const END_MS = 60_000;

/** A Lambda handler that compares a source with its platform, until the time of the call is nearly over. */
export const reconcileHandler =
  (
    run: (source: string, apiKey: string, signal: AbortSignal) => Promise<void>,
    settings: AwsSettings,
  ) =>
  async ({ source }: ReconcileEvent, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - END_MS));
    await run(source, await readSecret(settings, apiKeyName(settings.stage, source)), signal);
  };
