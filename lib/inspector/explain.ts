import type { Refusal } from '../receive/log/metrics';

const REFUSALS: Readonly<Record<Refusal, string>> = {
  address: 'The sender’s address is not in the allow list of the source.',
  'credentials-missing': 'The request has no credentials: no header that this platform signs with.',
  'credentials-malformed': 'The credentials have not the form that this platform sends.',
  'no-secret': 'The source has no secret, or an empty one, so it rejects everything.',
  mismatch:
    'The credentials fit no valid secret of the source: the secret differs, or the body was changed on its way.',
};

const REFUSED = new RegExp(`got: (${Object.keys(REFUSALS).join('|')})$`);

/** Says why a delivery was rejected or held. @param error as `describeError` describes it */
export function explain(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { message, name } = error as { readonly message?: unknown; readonly name?: unknown };
  if (typeof message !== 'string') return typeof name === 'string' ? name : undefined;
  const refusal = REFUSED.exec(message)?.[1] as Refusal | undefined;
  return refusal ? REFUSALS[refusal] : message;
}
