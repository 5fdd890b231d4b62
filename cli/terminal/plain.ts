/** Control characters and other characters that are no text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/** Outside text on one line, without characters that control a terminal. */
export const plain = (text: string): string => text.replace(UNPRINTABLE, ' ');
