export interface Asked {
  readonly status: number;
  readonly milliseconds: number;
  /** The `date` header of the answer; undefined if there is none. */
  readonly date?: Date;
  readonly json: { readonly events?: number; readonly held?: boolean };
}

const TIMEOUT_MS = 35_000;

/** Sends one request to the receiver. @throws if there is no answer */
export async function ask(
  url: string,
  {
    method = 'GET',
    headers,
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Asked> {
  const began = performance.now();
  const answer = await fetch(url, {
    method,
    headers,
    body: method === 'GET' ? undefined : body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await answer.text();
  const date = answer.headers.get('date');
  return {
    status: answer.status,
    milliseconds: Math.round(performance.now() - began),
    date: date ? new Date(date) : undefined,
    json: parse(text),
  };
}

function parse(text: string): Asked['json'] {
  try {
    return JSON.parse(text) as Asked['json'];
  } catch {
    return {};
  }
}
