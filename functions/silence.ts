import { heardTimes } from '../lib/aws/cloudwatch/heard-times';
import { stageTelemetry } from '../lib/aws/stage-telemetry';
import { readSilenceConfig } from '../lib/config/read-silence-config';
import { watchSilence } from '../lib/silence/watch-silence';

const config = readSilenceConfig(process.env);
const heard = heardTimes(config);
const telemetry = stageTelemetry(config);

export const handler = (): Promise<void> => watchSilence(config, heard, telemetry);
