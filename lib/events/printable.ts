const PRINTABLE = /^[\x20-\x7e]{1,128}$/;

/** Returns a header's value if it can be logged safely; undefined otherwise. */
export const printable = (text: string | undefined): string | undefined =>
  text !== undefined && PRINTABLE.test(text) ? text : undefined;
