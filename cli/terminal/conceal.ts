const concealed = new Set<string>();

/** Shorter texts are no secrets, and would be replaced inside of ordinary words. */
const LEAST = 4;

/** Registers a secret or key that `withoutSecrets` removes from messages. @returns the secret */
export function conceal(secret: string): string {
  for (const line of secret.split(/[\r\n]+/)) if (line.length >= LEAST) concealed.add(line);
  return secret;
}

/** The message with each registered secret replaced by `***`. */
export const withoutSecrets = (message: string): string =>
  [...concealed].reduce((text, secret) => text.replaceAll(secret, '***'), message);
