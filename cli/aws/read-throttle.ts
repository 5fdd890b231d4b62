import { GetStageCommand } from '@aws-sdk/client-apigatewayv2';
import { apiGateway, type Where } from './clients';

/** How many requests an API takes; what is undefined only the account limits. */
export interface Throttle {
  /** In a second. */
  readonly rate?: number;
  /** At once. */
  readonly burst?: number;
}

export async function readThrottle(ApiId: string, where: Where): Promise<Throttle> {
  const get = new GetStageCommand({ ApiId, StageName: '$default' });
  const { DefaultRouteSettings: settings } = await apiGateway(where).send(get);
  return { rate: settings?.ThrottlingRateLimit, burst: settings?.ThrottlingBurstLimit };
}
