import type { HttpAnswer } from './exchange';

/** A refusal of a service. It has the members by which the SDK classifies its own errors. */
export interface ServiceError extends Error {
  /** The error's code, such as `ResourceNotFoundException`. */
  readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly clockSkewCorrected?: boolean };
}

/**
 * Reads the error of a service, in JSON or in the XML of S3.
 *
 * @param isSkewCorrected whether another attempt is signed with another time
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function serviceError(
  { statusCode, headers, body }: HttpAnswer,
  { isSkewCorrected }: { readonly isSkewCorrected: boolean },
): ServiceError {
  const told = body.startsWith('<') ? inXml(body) : inJson(body);
  // Such as `com.amazonaws.sqs#QueueDoesNotExist`, or `QueueDoesNotExist:http://internal.amazon.com/`.
  const type = headers['x-amzn-errortype'] ?? told.type;
  const message = told.message ?? `expected success, got the status ${statusCode}`;
  return Object.assign(new Error(String(message)), {
    name: typeof type === 'string' ? type.replace(/^.*#|:.*$/gs, '') : 'UnknownError',
    $metadata: { httpStatusCode: statusCode, clockSkewCorrected: isSkewCorrected },
  });
}

interface ToldError {
  readonly type?: unknown;
  readonly message?: unknown;
}

/** A balancer on the way may answer with something else than JSON. */
function inJson(body: string): ToldError {
  try {
    const { __type, code, message, Message } = Object(JSON.parse(body));
    return { type: __type ?? code, message: message ?? Message };
  } catch {
    return {};
  }
}

function inXml(body: string): ToldError {
  const [type, message] = ['Code', 'Message'].map(
    (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1],
  );
  return { type, message };
}
