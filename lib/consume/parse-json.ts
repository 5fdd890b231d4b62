import { Poison } from './poison';

/** @param expected the form that the text should have, for the error */
export function parseJson(text: string, expected: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Poison(`expected ${expected}, got something else`);
  }
}
