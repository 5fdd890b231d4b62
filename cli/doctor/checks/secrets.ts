import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../../lib/errors';
import type { Platform } from '../../../lib/platforms/platform';
import { platforms } from '../../../lib/platforms/platforms';
import { oddityOf } from '../../../lib/platforms/secret';
import { signDelivery } from '../../../lib/testing/sign-delivery';
import type { DeployedSource } from '../../deployment/deployment';
import { secretOf } from '../../deployment/secret-of';
import { ask } from '../ask';
import type { Check } from '../check';
import { type Finding, ok, problem } from '../finding';
import { probeDelivery } from '../probe-delivery';

/** Checks that each source has a secret, and that the receiver accepts it and no other. */
export const secrets: Check = async ({ deployment, baseUrl, paste }) => {
  const findings = deployment.sources.map(async (source): Promise<Finding> => {
    const name = `secret ${source.name}`;
    const secret = await secretOf(deployment, source.name).catch(noneWhereMissing);
    if (!secret) {
      const fix = deployment.secrets
        ? 'start it again with a secret, as docs/configuration.md says'
        : paste.labelrelay(`secret set ${source.name} --generate`);
      return problem(name, 'has no usable secret: every delivery is rejected', fix);
    }
    const oddity = oddityOf(secret);
    if (oddity) {
      const fix = deployment.secrets
        ? 'start it again with the secret alone, as docs/configuration.md says'
        : paste.labelrelay(`secret set ${source.name} --yes < secret.txt`);
      return problem(
        name,
        `is stored with ${oddity}: the platform most likely has another secret`,
        fix,
      );
    }
    const right = await prove(source, secret, baseUrl);
    const wrong = await prove(source, randomUUID(), baseUrl);
    if (right !== 200 && right !== 202) {
      const fix = `wait 60 seconds after a change; then check that the role of receive may read it, and refusal in the log lines of ${source.name}`;
      return problem(name, `the receiver answered ${right} to the right secret`, fix);
    }
    if (wrong !== 401) {
      const fix = 'take the URL off the internet at once';
      return problem(name, `the receiver answered ${wrong} to a wrong secret`, fix);
    }
    return ok(name, 'is accepted, and a wrong one is rejected');
  });
  return Promise.all(findings);
};

function noneWhereMissing(error: unknown): undefined {
  if (!(error instanceof LabelrelayError) || error.code !== 'not-found') throw error;
}

async function prove(
  { name, platform }: DeployedSource,
  secret: string,
  baseUrl: string,
): Promise<number> {
  const question = findQuestion(platforms[platform]);
  const { path, headers, body } = question
    ? signDelivery(platform, '', { secret, source: name })
    : probeDelivery(platform, { secret, source: name });
  const url = baseUrl + (question ? `/training/${name}/${question.path}` : path);
  return (await ask(url, { method: question?.method ?? 'POST', headers: { ...headers }, body }))
    .status;
}

/** A request of the platform's training integration. It is verified like a delivery, and leaves no trace. */
function findQuestion({ training = {} }: Platform) {
  const [found] = Object.entries(training).filter(([, { answer }]) => answer !== 'accept');
  return found && { path: found[0], method: found[1].method };
}
