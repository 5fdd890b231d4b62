/** What can steer a terminal and JSON leaves as it is, beside the ends of its own lines. */
const STEERING = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu;

/** JSON that can be shown on a terminal, whoever wrote the texts in it. @param indent 0 for one line */
export const toJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replace(STEERING, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
