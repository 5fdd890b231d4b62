/** The members of a JSON object whose shape nobody has checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** Larger numbers are no coordinates: a drawing of them overflows. */
const LARGEST = 1e9;

/** The members of an object, or none if the value is no object. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The items of a list, or none if the value is no list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A finite number that can be drawn. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Math.abs(value) <= LARGEST ? value : undefined;

/** A size, a duration or a count above zero. */
export function sizeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && number > 0 ? number : undefined;
}

/** Exactly this many numbers, or undefined. */
export function numbersOf(value: unknown, count: number): number[] | undefined {
  const numbers = listOf(value).map(numberOf);
  const areWhole = numbers.length === count && numbers.every((each) => each !== undefined);
  return areWhole ? (numbers as number[]) : undefined;
}
