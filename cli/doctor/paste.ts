import { commandFor } from '../command/command-for';
import type { Deployment } from '../deployment/deployment';

/** Commands as they can be pasted: each leads to the deployment that is looked at. */
export interface Paste {
  labelrelay(command: string): string;
  osls(command: string): string;
  aws(command: string): string;
}

/** @param place the global options that were given, as arguments */
export function paste({ config: { stage, region, endpoint } }: Deployment, place: string): Paste {
  const at = endpoint === undefined ? '' : ` --endpoint-url ${endpoint}`;
  return {
    labelrelay: (command) => commandFor(command, place),
    osls: (command) => `npx osls ${command} --stage ${stage} --region ${region}`,
    aws: (command) => `aws ${command} --region ${region}${at}`,
  };
}
