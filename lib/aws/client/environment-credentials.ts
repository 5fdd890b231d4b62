import { LabelrelayError } from '../../errors';
import type { Credentials } from './aws-credentials';

/**
 * The only credentials on Lambda: the environment has them for the life of the instance. This file replaces
 * the SDK's chain of providers in the receive function (infra/bundle-receive.ts).
 */
export const defaultProvider = () => {
  let known: Credentials | undefined;
  return async (): Promise<Credentials> => {
    known ??= read();
    return known;
  };
};

function read(): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    };
  }
  const message =
    'expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, got at most one';
  throw new LabelrelayError('invalid-configuration', message);
}
