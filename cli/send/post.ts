import type { SignedDelivery } from '../../lib/testing/sign-delivery';
import { unreachable } from '../command/unreachable';

/** The result of sending a delivery. */
export interface Posted {
  /** Absent if there was no answer. */
  readonly status?: number;
  readonly id?: string;
  readonly events?: number;
  readonly held?: boolean;
  readonly milliseconds: number;
  /** Why there was no answer, or the problem that the answer names. */
  readonly problem?: string;
}

const TIMEOUT_MS = 35_000;

/** @param url the webhook URL of the source */
export async function post(url: string, { headers, body }: SignedDelivery): Promise<Posted> {
  const began = performance.now();
  const milliseconds = () => Math.round(performance.now() - began);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { id, events, held, title } = toObject(await answer.text());
    const { status } = answer;
    return { status, id, events, held, milliseconds: milliseconds(), problem: title };
  } catch (error) {
    // The message is not shown: it can quote an invalid header, with the secret.
    const { cause, name } = error as Error & { cause?: NodeJS.ErrnoException };
    const problem = unreachable(error as Error) ?? cause?.code ?? name;
    return { milliseconds: milliseconds(), problem };
  }
}

type Body = { id?: string; events?: number; held?: boolean; title?: string };

function toObject(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}
