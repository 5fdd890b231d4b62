import { ApiGatewayV2Client, GetStageCommand } from '@aws-sdk/client-apigatewayv2';
import { longTimeoutOptions, type Where } from '../../lib/aws/operate/where';

/** The throttling of an API. If a limit is undefined, only the account's limit applies. */
export interface Throttle {
  /** Requests a second. */
  readonly rate?: number;
  /** Requests at once. */
  readonly burst?: number;
}

export async function readThrottle(ApiId: string, where: Where): Promise<Throttle> {
  const get = new GetStageCommand({ ApiId, StageName: '$default' });
  const { DefaultRouteSettings: settings } = await new ApiGatewayV2Client(
    longTimeoutOptions(where),
  ).send(get);
  return { rate: settings?.ThrottlingRateLimit, burst: settings?.ThrottlingBurstLimit };
}
