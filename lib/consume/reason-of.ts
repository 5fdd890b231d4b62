import { LabelrelayError } from '../errors';

/** In code points. The reason is one attribute of a message, and one line of a table. */
const MAX_LENGTH = 500;

/** A query may sign the URL. */
const QUERY = /(\bhttps?:\/\/[^\s?]+)\?\S+/g;

/** White space, and what a terminal does not print or SQS does not accept. */
const NOT_PRINTABLE = /[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu;

/**
 * The reason why a message was not handled, in one line: the name and the message of the error. An error of the kit is
 * known by its message alone.
 */
export function reasonOf(error: unknown): string {
  if (typeof error === 'string') return toReason(error);
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  if (error instanceof LabelrelayError) return toReason(error.message);
  return toReason(error.message ? `${error.name}: ${error.message}` : error.name);
}

/** Makes one line of a text: printable, without the query of a URL, and at most 500 characters long. */
export function toReason(text: string): string {
  const line = text.replace(QUERY, '$1?…').replace(NOT_PRINTABLE, ' ').trim();
  const characters = [...line];
  if (characters.length <= MAX_LENGTH) return line || 'no reason';
  return `${characters.slice(0, MAX_LENGTH - 1).join('')}…`;
}
