import { type FuzzedSource, platformOf, sources } from './sources';

export interface FuzzedRoute {
  readonly method: string;
  readonly path: string;
  /** None: anybody may ask. */
  readonly source?: FuzzedSource;
  /** Whether what it takes becomes events. */
  readonly isDelivery: boolean;
}

/** Every route there is: how each platform's training integration looks, the contract suites say. */
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
    const training = Object.entries(platformOf(source).training ?? {});
    return [
      webhook,
      ...training.map(([name, { method, answer }]) =>
        route(method, `/training/*/${name}`, answer === 'accept'),
      ),
    ];
  }),
];
