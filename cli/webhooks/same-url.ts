/** Whether two URLs lead to the same webhook: a slash at the end makes no difference to us. */
export const isSameUrl = (one: string, other: string): boolean => trim(one) === trim(other);

const trim = (url: string): string =>
  (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, '');
