import { Poison } from './poison';

/** @param expected for the reason: what the text should have been */
export function parseJson(text: string, expected: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Poison(`expected ${expected}, got something else`);
  }
}
