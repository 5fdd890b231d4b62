import type { Config } from '../config/read-config';
import type { Telemetry } from '../receive/ports';
import { createTelemetry } from '../telemetry';

/** Telemetry on standard output, which Lambda sends to its log. */
export const stageTelemetry = ({ stage }: Pick<Config, 'stage'>): Telemetry =>
  createTelemetry(stage, (line) => process.stdout.write(`${line}\n`));
