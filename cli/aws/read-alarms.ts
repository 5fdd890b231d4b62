import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { Where } from '../../lib/aws/operate/where';
import { cloudWatch } from './cloud-watch';

export interface AlarmState {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

export async function readAlarms(AlarmNamePrefix: string, where: Where): Promise<AlarmState[]> {
  const alarms: AlarmState[] = [];
  const pages = paginateDescribeAlarms({ client: cloudWatch(where) }, { AlarmNamePrefix });
  for await (const { MetricAlarms = [] } of pages) {
    for (const { AlarmName = '', StateValue = '', StateReason = '' } of MetricAlarms) {
      alarms.push({ name: AlarmName, state: StateValue, reason: StateReason });
    }
  }
  return alarms;
}
