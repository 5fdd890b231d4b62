import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { onceFor } from '../../lib/aws/operate/once-for';
import { longTimeoutOptions, type Where } from '../../lib/aws/operate/where';

export const cloudWatch = onceFor(
  (where: Where) => new CloudWatchClient(longTimeoutOptions(where)),
);
