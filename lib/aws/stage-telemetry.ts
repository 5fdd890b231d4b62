import type { Config } from '../config/read-config';
import type { Telemetry } from '../receive/ports';
import { createTelemetry } from '../telemetry';

/** To standard output, where Lambda's log reads. */
export const stageTelemetry = ({ stage }: Pick<Config, 'stage'>): Telemetry =>
  createTelemetry(stage, (line) => process.stdout.write(`${line}\n`));
