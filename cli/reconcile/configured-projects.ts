import { readReconcileConfig } from '../../lib/config/read-reconcile-config';
import { readFunctionEnvironment } from '../aws/read-function-environment';
import type { Deployment } from '../deployment/deployment';

/**
 * The projects that the function on a schedule compares: `reconcile` in serverless.yml, or its variable for `npm start`.
 *
 * @returns undefined if they are not limited
 */
export async function configuredProjects({
  config,
  status,
}: Deployment): Promise<readonly string[] | undefined> {
  const environment =
    status === undefined
      ? process.env
      : await readFunctionEnvironment(`labelrelay-${config.stage}-reconcile`, config).catch(
          withoutFunction,
        );
  return readReconcileConfig({ ...environment }).projects;
}

/** Without a schedule there is no function. */
function withoutFunction(error: unknown): Record<string, never> {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return {};
  throw error;
}
