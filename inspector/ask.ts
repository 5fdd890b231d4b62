import { useEffect, useState } from 'preact/hooks';

const API = '/inspector/api/';

/** @throws Error with what the server says */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(
    API + path,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as T;
  throw new Error(titleOf(text) ?? `the server answered ${answer.status}`);
}

function titleOf(problem: string): string | undefined {
  try {
    return (JSON.parse(problem) as { title?: string }).title;
  } catch {
    return undefined;
  }
}

export interface Asked<T> {
  readonly value?: T;
  readonly error?: string;
  /** Asks again. The old answer stays in view until the new one is there. */
  again(): void;
}

/**
 * Asks when the path changes.
 *
 * @param path undefined asks nothing
 */
export function useAsked<T>(path: string | undefined): Asked<T> {
  const [state, setState] = useState<{ path?: string; value?: T; error?: string }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === undefined) return;
    let isOver = false;
    ask<T>(path).then(
      (value) => isOver || setState({ path, value }),
      (error: Error) => isOver || setState({ path, error: error.message }),
    );
    return () => {
      isOver = true;
    };
  }, [path, turn]);
  const { value, error } = state.path === path ? state : {};
  return { value, error, again: () => setTurn((before) => before + 1) };
}
