import { type FuzzedSource, sources } from './sources';

export interface FuzzedRoute {
  readonly method: string;
  readonly path: string;
  /** None: anybody may ask. */
  readonly source?: FuzzedSource;
  /** Whether what it takes becomes events. */
  readonly isDelivery: boolean;
}

/** Every route there is, as docs/http-api.md has them. */
export const routes: readonly FuzzedRoute[] = [
  { method: 'GET', path: '/health', isDelivery: false },
  ...sources.flatMap((source) => {
    const route = (method: string, path: string, isDelivery: boolean): FuzzedRoute => ({
      method,
      path: path.replace('*', source.name),
      source,
      isDelivery,
    });
    const webhook = route('POST', '/webhooks/*', true);
    // Only deliveries can wait for a secret.
    if (source.isDown) return [webhook];
    return source.platform === 'labelbox'
      ? [
          webhook,
          route('GET', '/training/*/models', false),
          route('POST', '/training/*/model_run', true),
        ]
      : [
          webhook,
          route('GET', '/training/*/health', false),
          route('POST', '/training/*/setup', false),
          route('POST', '/training/*/predict', false),
          route('POST', '/training/*/webhook', true),
        ];
  }),
];
