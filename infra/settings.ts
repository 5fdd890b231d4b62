/** What serverless.yml hands to a function of this folder. */
export interface Framework {
  resolveVariable(address: string): Promise<unknown>;
}

/** What serverless.yml says under `custom`. */
export interface Settings {
  readonly stage: string;
  /** Platform by source name. */
  readonly sources: Readonly<Record<string, string>>;
  /** The timeout of the slowest worker on the queues, in seconds. */
  readonly workerTimeout: number;
}

export async function readSettings({ resolveVariable }: Framework): Promise<Settings> {
  return {
    stage: (await resolveVariable('sls:stage')) as string,
    ...((await resolveVariable('self:custom')) as Omit<Settings, 'stage'>),
  };
}

/** Resources of a CloudFormation template by logical id. */
export type Resources = Record<string, object>;

/** `label-created` as part of a logical id: `LabelCreated`. */
export const pascalCase = (name: string): string =>
  name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
