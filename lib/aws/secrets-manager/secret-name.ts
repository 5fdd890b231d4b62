/** The name of a source's secret in Secrets Manager. */
export const secretName = (stage: string, source: string): string =>
  `labelrelay/${stage}/${source}`;

/** The name of the secret with the key of a source's platform API. */
export const apiKeyName = (stage: string, source: string): string =>
  `labelrelay/${stage}/api-keys/${source}`;
