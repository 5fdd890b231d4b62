/**
 * A command to run next, ready to be pasted.
 *
 * @param place the options that name the same deployment: `givenPlace`
 * @param options the options by name; those without a value are left out
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
