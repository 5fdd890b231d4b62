/**
 * The only credentials on Lambda: the environment has them for the life of the instance. This file replaces
 * the SDK's chain of providers in the receive function (infra/bundle-receive.ts).
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
