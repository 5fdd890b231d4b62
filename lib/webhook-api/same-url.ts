/** Whether two URLs lead to the same route: the receiver ignores a slash at the end. */
export const isSameUrl = (one: string, other: string): boolean => trim(one) === trim(other);

const trim = (url: string): string =>
  (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, '');
