import type { HttpAnswer } from './post';

/** A refusal of a service. It has the members by which the SDK classifies its own errors. */
export interface ServiceError extends Error {
  /** The error's code, such as `ResourceNotFoundException`. */
  readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly clockSkewCorrected?: boolean };
}

/**
 * Reads the error of a JSON service.
 *
 * @param isSkewCorrected whether another attempt is signed with another time
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
 */
export function serviceError(
  operation: string,
  { statusCode, headers, body }: HttpAnswer,
  { isSkewCorrected = false } = {},
): ServiceError {
  const told = membersOf(body);
  const type = headers['x-amzn-errortype'] ?? told.__type ?? told.code;
  // Such as `com.amazonaws.sqs#QueueDoesNotExist`, or `QueueDoesNotExist:http://internal.amazon.com/`.
  const name = typeof type === 'string' ? type.replace(/^.*#|:.*$/gs, '') : 'UnknownError';
  const message = told.message ?? told.Message ?? `${operation} was answered with ${statusCode}`;
  return Object.assign(new Error(String(message)), {
    name,
    $metadata: { httpStatusCode: statusCode, clockSkewCorrected: isSkewCorrected },
  });
}

/** A balancer on the way may answer with something else than JSON. */
function membersOf(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
