/**
 * A command to go on with, as it can be pasted.
 *
 * @param place what leads to the same deployment: `givenPlace`
 * @param options by their names; those without a value are left out
 */
export function commandFor(
  words: string,
  place: string,
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [` --${name} ${value}`],
  );
  return `npx labelrelay ${words}${given.join('')}${place}`;
}
