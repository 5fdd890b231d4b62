import type { Deployment } from '../deployment/deployment';
import type { Finding } from './finding';
import type { Paste } from './paste';

/** What is looked at. */
export interface Patient {
  readonly deployment: Deployment;
  /** What stands before `/webhooks/<source>`. */
  readonly baseUrl: string;
  /** Makes what is told to do lead there too. */
  readonly paste: Paste;
}

/** One thing to look at. What it throws is a problem too. */
export type Check = (patient: Patient) => Promise<readonly Finding[]>;
