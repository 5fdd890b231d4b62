import type { Deployment } from '../deployment/deployment';
import type { Finding } from './finding';
import type { Paste } from './paste';

/** The deployment to check, and how its fixes are worded. */
export interface CheckContext {
  readonly deployment: Deployment;
  /** The webhook URL without `/webhooks/<source>`. */
  readonly baseUrl: string;
  /** Builds the commands of fixes, for the same deployment. */
  readonly paste: Paste;
}

/** One check. An error that it throws is reported as a problem too. */
export type Check = (context: CheckContext) => Promise<readonly Finding[]>;
