import type { Context } from 'aws-lambda';
import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import { secretClient } from '../secrets-manager/secret-client';
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
    await run(source, await readApiKey(settings, source), signal);
  };

/** @throws LabelrelayError `denied` if there is none */
async function readApiKey(settings: AwsSettings, source: string): Promise<string> {
  const name = apiKeyName(settings.stage, source);
  const { SecretString = '' } = await secretClient(settings).getSecretValue({ SecretId: name });
  if (/^[\x21-\x7e]+$/.test(SecretString.trim())) return SecretString.trim();
  throw new LabelrelayError(
    'denied',
    `expected an API key in the secret ${name}, got something else`,
  );
}
