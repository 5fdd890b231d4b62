/** The most levels of objects and lists that are read. The root is the first. */
export const MAX_LEVELS = 256;

/** Whether a JSON value nests too deeply for recursive code. */
export const isTooDeep = (value: unknown): boolean =>
  isHolder(value) && isDeeperThan(MAX_LEVELS, value);

type Holder = readonly unknown[] | Readonly<Record<string, unknown>>;

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function isDeeperThan(levels: number, holder: Holder): boolean {
  if (levels === 0) return true;
  // Most values have no members. They need no call.
  if (Array.isArray(holder)) {
    for (const item of holder) if (isHolder(item) && isDeeperThan(levels - 1, item)) return true;
    return false;
  }
  for (const name in holder) {
    const member = (holder as Record<string, unknown>)[name];
    if (isHolder(member) && isDeeperThan(levels - 1, member)) return true;
  }
  return false;
}
