import type { Redact } from '../../json/long/batch';
import type { Platform } from '../../platforms/platform';

/** Removes secrets from the items of a long list, by the rules of the platform. */
export const redactItems =
  (platform: Platform): Redact =>
  (json, text, { path }) => {
    if (!platform.largeShape?.mayHaveSecrets(text)) return json;
    const name = path.at(-1) ?? '';
    return platform.redact({ [name]: json })[name];
  };
