import { LabelrelayError } from '../../errors';
import { isProof, type Proof } from '../../platforms/proof';
import type { Secret } from '../../platforms/secret';
import type { Arrival } from '../delivery';
import type { Journal } from '../log/journal';
import type { Refusal } from '../log/metrics';

/** Whether a secret made a proof. It compares the proof with the body or its digest. */
export type Verifies = (secret: Secret, proof: Proof) => boolean;

/**
 * Judges the credentials of one delivery, whether its body is in memory or not. A secret counts if it was
 * valid when the delivery was received.
 */
export class Judge {
  readonly proofs: readonly Proof[];
  readonly #arrival: Pick<Arrival, 'source' | 'credentials' | 'receivedAt'>;
  readonly #journal: Journal;

  /** @throws LabelrelayError `unauthenticated` if no credential can be verified with a secret */
  constructor(arrival: Pick<Arrival, 'source' | 'credentials' | 'receivedAt'>, journal: Journal) {
    const { source, credentials } = arrival;
    this.#arrival = arrival;
    this.#journal = journal;
    this.proofs = credentials.filter(isProof);
    if (credentials.length === 0) refuse('credentials-missing', source.name, journal);
    if (this.proofs.length === 0) refuse('credentials-malformed', source.name, journal);
  }

  valid(secrets: readonly Secret[]): Secret[] {
    return secrets.filter((secret) => secret.isValid(this.#arrival.receivedAt.getTime()));
  }

  /** Whether a secret verifies one of the credentials. The others may be made with another secret. */
  accepts(secrets: readonly Secret[], verifies: Verifies): boolean {
    const valid = this.valid(secrets);
    const verdicts = this.#arrival.credentials.map((credential) =>
      isProof(credential) ? valid.find((secret) => verifies(secret, credential)) : undefined,
    );
    const found = verdicts.find((secret) => secret !== undefined);
    if (!found) return false;
    this.#journal.count(`Verified.${found.version}`);
    if (verdicts.includes(undefined)) this.#journal.count('SignaturesDisagree');
    return true;
  }

  /**
   * @param secrets the secrets that do not verify the credentials
   * @throws LabelrelayError `unauthenticated`
   */
  refuse(secrets: readonly Secret[]): never {
    const valid = this.valid(secrets);
    const oddity = valid.find(({ version }) => version === 'current')?.oddity;
    if (oddity) this.#journal.note({ secretHas: oddity });
    const refusal = valid.length > 0 ? 'mismatch' : 'no-secret';
    return refuse(refusal, this.#arrival.source.name, this.#journal);
  }
}

/** @throws LabelrelayError `unauthenticated` */
export function refuse(refusal: Refusal, source: string, journal: Journal): never {
  journal.count('Refused');
  journal.note({ refusal });
  const message = `expected credentials of source ${source}, got: ${refusal}`;
  throw new LabelrelayError('unauthenticated', message);
}

export const secretsUnavailable = (source: string, cause?: unknown): LabelrelayError =>
  new LabelrelayError('secrets-unavailable', `the secrets of source ${source} could not be read`, {
    cause,
  });
