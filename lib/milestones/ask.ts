import * as z from 'zod';
import { parseJson } from '../consume/parse-json';
import type { Ask } from './ports';

/** It tells a question from an event, which has no such member. */
const KIND = 'milestone';

const schema = z.strictObject({
  ask: z.literal(KIND),
  rule: z.string(),
  source: z.string(),
  project: z.string().optional(),
  epoch: z.int(),
  fire: z.literal(true).optional(),
});

/** The body of a question of the worker to itself. */
export const askBody = (ask: Ask): string => JSON.stringify({ ask: KIND, ...ask });

/** @returns undefined if a message is anything else */
export function parseAsk(body: string): Ask | undefined {
  if (!body.startsWith('{"ask"')) return undefined;
  const { data } = schema.safeParse(parseJson(body, 'a question as JSON'));
  if (!data) return undefined;
  const { ask: _, ...ask } = data;
  return ask;
}
