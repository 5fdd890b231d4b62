/** What can steer a terminal, and all that is no text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/** Text of others on one line, which can do nothing to a terminal. */
export const plain = (text: string): string => text.replace(UNPRINTABLE, ' ');
