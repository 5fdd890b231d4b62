import { hideNodeWarning } from '../../lib/aws/client/hide-node-warning';

// The tools support Node.js 20 too.
hideNodeWarning();
