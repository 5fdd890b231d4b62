/** The name of a source's secret in Secrets Manager. */
export const secretName = (stage: string, source: string): string =>
  `labelrelay/${stage}/${source}`;
