import { commandFor } from '../command/command-for';
import type { Deployment } from '../deployment/deployment';

/** Builds commands that can be pasted, and that work on the checked deployment. */
export interface Paste {
  labelrelay(command: string): string;
  osls(command: string): string;
  aws(command: string): string;
}

/** @param place the global options of this command, as arguments */
export function paste({ config: { stage, region, endpoint } }: Deployment, place: string): Paste {
  const at = endpoint === undefined ? '' : ` --endpoint-url ${endpoint}`;
  return {
    labelrelay: (command) => commandFor(command, place),
    osls: (command) => `npx osls ${command} --stage ${stage} --region ${region}`,
    aws: (command) => `aws ${command} --region ${region}${at}`,
  };
}
