import { EnvironmentReader } from '../../lib/config/environment';

/** The addresses of AWS and of the deployment in the environment, without a slash at the end. */
export interface Places {
  /** Replaces AWS's own addresses. */
  readonly endpoint?: string;
  /** The port of the AWS services of `npm start`. */
  readonly awsPort: number;
  readonly dynamoDbPort: number;
  /** Replaces the address of the stack, with or without `/webhooks/<source>`. */
  readonly url?: string;
}

const URL_OR_NOTHING = /^(https?:\/\/[^\s/]+(\/\S*)?)?$/;

/** @throws LabelrelayError `invalid-configuration` that names every problem */
export function readPlaces(): Places {
  const reader = new EnvironmentReader(process.env);
  const url = (name: string): string | undefined =>
    reader.text(name, '', URL_OR_NOTHING, 'a URL').replace(/\/+$/, '') || undefined;
  const places = {
    endpoint: url('AWS_ENDPOINT_URL'),
    awsPort: reader.integer('AWS_PORT', 4566, [1, 65_535]),
    dynamoDbPort: reader.integer('DYNAMODB_PORT', 8000, [1, 65_535]),
    url: url('LABELRELAY_URL'),
  };
  reader.finish();
  return places;
}
