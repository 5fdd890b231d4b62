import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { onceFor } from '../../lib/aws/operate/once-for';
import { patientOptions, type Where } from '../../lib/aws/operate/where';

export const cloudWatch = onceFor((where: Where) => new CloudWatchClient(patientOptions(where)));
