/** `2x no such label; 1x …`, the most frequent first. */
export function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([text, times]) => `${times}x ${text}`)
    .join('; ');
}
