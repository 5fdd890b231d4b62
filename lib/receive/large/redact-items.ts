import type { Redact } from '../../json/long/batch';
import type { Platform } from '../../platforms/platform';

/** Takes out of the items of a long list what a platform says must not travel on. */
export const redactItems =
  (platform: Platform): Redact =>
  (json, text, { path }) => {
    if (!platform.largeShape?.mayHaveSecrets(text)) return json;
    const name = path.at(-1) ?? '';
    return platform.redact({ [name]: json })[name];
  };
