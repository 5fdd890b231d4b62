import type { Globals } from './globals';

/**
 * A command to go on with, on the same deployment.
 *
 * @param options by their names; those without a value are left out
 */
export function commandFor(
  words: string,
  { stage, region, local }: Globals,
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const where = local ? ' --local' : '';
  const all = { ...options, stage, region };
  const given = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [` --${name} ${value}`],
  );
  return `labelrelay ${words}${given.join('')}${where}`;
}
