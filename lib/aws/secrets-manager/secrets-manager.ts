import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import { Secret } from '../../platforms/secret';
import type { ReadSecrets } from '../../receive/verify/cache-secrets';
import { isNoSecret } from './is-no-secret';
import { replacedAt } from './replaced-at';
import { secretClient } from './secret-client';
import { secretName } from './secret-name';
import { SecretSightings } from './secret-sightings';

/** Secrets are cached for a minute. Within it, no secret may expire early. */
const MARGIN_MS = 120_000;

interface Version {
  readonly id: string;
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
}

/**
 * Reads the secrets of a source: the versions AWSCURRENT and AWSPREVIOUS of `labelrelay/<stage>/<source>`. The
 * previous one verifies for a limited time after it was replaced.
 */
export function secretsManager(settings: AwsSettings, now: () => number = Date.now): ReadSecrets {
  const { getSecretValue, describeSecret } = secretClient(settings);
  const sightings = new SecretSightings(now);

  const readVersion = async (source: string, stage: string): Promise<Version | undefined> => {
    try {
      const answer = await getSecretValue({
        SecretId: secretName(settings.stage, source),
        VersionStage: stage,
      });
      const { SecretString, SecretBinary, CreatedDate = 0, VersionId } = answer;
      if (SecretString !== undefined) {
        const createdAt = CreatedDate * 1_000;
        return { id: VersionId ?? String(createdAt), text: SecretString, createdAt };
      }
      if (SecretBinary !== undefined) return undefined;
    } catch (error) {
      if (isNoSecret(error)) return undefined;
      throw error;
    }
    throw new LabelrelayError(
      'unavailable',
      `expected a secret of ${source}, got none in the answer`,
    );
  };

  const readChangedAt = async (source: string): Promise<number | undefined> => {
    try {
      const { LastChangedDate } = await describeSecret(secretName(settings.stage, source));
      return LastChangedDate === undefined ? undefined : LastChangedDate * 1_000;
    } catch (error) {
      if (isNotServed(error)) return undefined;
      throw error;
    }
  };

  /** The expiry of the previous version, in milliseconds since 1970. */
  const overlapEnd = async (
    source: string,
    current: Version,
    previous: Version,
    seenAt: number,
  ): Promise<number> => {
    const known = { currentCreatedAt: current.createdAt, previousCreatedAt: previous.createdAt };
    const earliest = replacedAt(known) + settings.secretOverlapMs;
    // It verifies at least until then, whatever else is known.
    if (now() + MARGIN_MS < earliest) return earliest;
    const changedAt = await readChangedAt(source);
    return replacedAt({ ...known, changedAt, seenAt }) + settings.secretOverlapMs;
  };

  return async (source, { isWhole }) => {
    // The reads are sequential: if a rotation happens in between, the old secret is read twice, and never
    // missed.
    const current = await readVersion(source, 'AWSCURRENT');
    const previous = isWhole ? await readVersion(source, 'AWSPREVIOUS') : undefined;
    if (!current) return [];
    const seenAt = sightings.see(source, current.id, previous?.id);
    const secrets = [new Secret(current.text)];
    if (previous) {
      const end = await overlapEnd(source, current, previous, seenAt);
      secrets.push(new Secret(previous.text, 'previous', end));
    }
    return secrets.filter((secret) => !secret.isEmpty);
  };
}

/** Whether an emulator does not implement the call. Then a retry is useless. */
function isNotServed(error: unknown): boolean {
  if (!(error instanceof Error) || /AccessDenied|Throttl/.test(error.name)) return false;
  const { httpStatusCode = 500 } =
    (error as Error & { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return httpStatusCode >= 400 && httpStatusCode < 500 && httpStatusCode !== 429;
}
