import { type Framework, logicalName } from './settings';

/** A Lambda function of the service. */
export interface LambdaFunction {
  readonly name: string;
  /** In seconds. */
  readonly timeout: number;
}

/** The functions in serverless.yml. */
export async function readFunctions({ resolveVariable }: Framework): Promise<LambdaFunction[]> {
  const functions = (await resolveVariable('self:functions')) as Record<string, LambdaFunction>[];
  return functions.flatMap((some) =>
    Object.entries(some).map(([name, { timeout }]) => ({ name, timeout })),
  );
}

/** The logical id that the framework gives to a function. */
export const functionId = (name: string): string => `${logicalName(name)}LambdaFunction`;

/** The function reconcile works until a minute before its timeout, and goes on at its next call. */
export const usesItsTime = ({ name }: LambdaFunction): boolean => name === 'reconcile';
