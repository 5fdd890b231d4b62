import type { Figure } from '../figure';
import { calls } from './calls';
import { cpu } from './cpu';
import { large } from './large';
import { load } from './load';
import { server } from './server';
import { throughput } from './throughput';
import { worker } from './worker';

/** All figures, in the order of the table. */
export const figures: readonly Figure[] = [
  ...load,
  ...cpu,
  ...throughput,
  ...server,
  ...large,
  ...calls,
  ...worker,
];
