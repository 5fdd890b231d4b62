/**
 * All that Lambda knows: it gives credentials in the environment, for as long as that lives. Takes the
 * place of the SDK's chain of providers in the receive function (infra/bundle.ts).
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
