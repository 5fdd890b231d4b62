const concealed = new Set<string>();

/** Shorter than that it is no secret, and would stand in any word. */
const LEAST = 4;

/** Has messages never show a secret or a key, whoever repeats it. @returns it */
export function conceal(secret: string): string {
  for (const line of secret.split(/[\r\n]+/)) if (line.length >= LEAST) concealed.add(line);
  return secret;
}

/** A message without what is concealed. */
export const withoutSecrets = (message: string): string =>
  [...concealed].reduce((text, secret) => text.replaceAll(secret, '***'), message);
