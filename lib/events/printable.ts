const PRINTABLE = /^[\x20-\x7e]{1,128}$/;

/** A header's value that is fit to be shown, as far as one can tell; undefined for any other. */
export const printable = (text: string | undefined): string | undefined =>
  text !== undefined && PRINTABLE.test(text) ? text : undefined;
