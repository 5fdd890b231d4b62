/** Control characters that JSON.stringify does not escape. */
const STEERING = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu;

/** JSON that is safe to show on a terminal, even with texts from outside. @param indent 0 for one line */
export const toJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replace(STEERING, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
