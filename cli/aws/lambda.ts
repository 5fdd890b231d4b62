import { LambdaClient } from '@aws-sdk/client-lambda';
import { onceFor } from '../../lib/aws/operate/once-for';
import { longTimeoutOptions, type Where } from '../../lib/aws/operate/where';

export const lambda = onceFor((where: Where) => new LambdaClient(longTimeoutOptions(where, 900)));
