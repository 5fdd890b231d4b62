const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}\u{10000}-\u{10FFFF}]/gu;

/**
 * Writes every character outside the printable basic plane as `\uXXXX`. SQS refuses some of those characters, and
 * compatible servers refuse more. The result parses to the same value.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const escapeJson = (json: string): string =>
  isPrintableAscii(json)
    ? json
    : json.replace(NOT_PRINTABLE, (character) => {
        let escaped = '';
        for (let unit = 0; unit < character.length; unit++) {
          escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
        }
        return escaped;
      });

/** Ten times as fast as the regular expression. `JSON.stringify` has escaped all characters below a space. */
const isPrintableAscii = (json: string): boolean =>
  Buffer.byteLength(json) === json.length && !json.includes('\x7f');
