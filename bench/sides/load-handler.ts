import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { GatewayEvent } from '../deliveries/to-event';

/** Delivers an event. @throws unless it was accepted, and held only if that is allowed */
export type Deliver = (event: GatewayEvent, mayBeHeld?: boolean) => Promise<void>;

/** @param file a packaged receive function */
export function loadHandler(file: string): Deliver {
  const { handler } = require(file) as {
    handler: (event: GatewayEvent) => Promise<APIGatewayProxyStructuredResultV2>;
  };
  return async (event, mayBeHeld = false) => {
    const { statusCode, body = '' } = await handler(event);
    if (statusCode !== 202 || (!mayBeHeld && body.includes('held'))) {
      throw new Error(`expected a delivery to be accepted, got ${statusCode} ${body}`);
    }
  };
}
