import { join } from 'node:path';
import { functionBuild } from './build-options';
import { bundleSplit } from './bundle-split';

/**
 * Bundles the receive function, whose cold start delays a sender. Source maps are not packaged, since reading
 * them takes as long as reading everything else.
 */
export const bundleReceive = (entryPoint: string, outdir: string): Promise<void> =>
  bundleSplit({
    ...functionBuild,
    entryPoints: [entryPoint],
    entryNames: 'index',
    outdir,
    keepNames: false,
    alias: {
      '@aws-sdk/credential-provider-node': join(
        __dirname,
        '../lib/aws/client/environment-credentials.ts',
      ),
    },
    // This module parses browsers' user agents. Nothing calls it, but it would become a file of its own.
    external: ['bowser'],
  });
