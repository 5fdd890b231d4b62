import { LabelrelayError } from '../../../lib/errors';
import { explainError } from '../../command/explain-error';
import type { DeployedSource, Deployment } from '../../deployment/deployment';
import { findApiKey, findWebhookApi } from '../../platforms/find-webhook-api';
import { toolsOf } from '../../platforms/tools-of';
import type { Webhook } from '../../platforms/webhook-api';
import { isSameUrl } from '../../webhooks/same-url';
import { type Finding, ok, problem, skipped, warning } from '../finding';
import type { Check } from '../patient';

const TIMEOUT_MS = 30_000;
/** Whether each platform sends to us, and what; of those whose API key is there. */
export const webhooks: Check = async ({ deployment }) =>
  Promise.all(deployment.sources.map((source) => check(source, deployment)));

async function check(source: DeployedSource, deployment: Deployment): Promise<Finding> {
  const subject = `webhooks ${source.name}`;
  if (!(await findApiKey(source, deployment))) {
    const { apiKeyVariable } = toolsOf[source.platform];
    return skipped(subject, `not looked at: set ${apiKeyVariable}`);
  }
  try {
    const api = await findWebhookApi(source, deployment, TIMEOUT_MS);
    return judge(subject, source, await api.list());
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    return problem(subject, explainError(error), `labelrelay webhooks list ${source.name}`);
  }
}

function judge(subject: string, source: DeployedSource, all: readonly Webhook[]): Finding {
  const ours = all.filter(({ url }) => isSameUrl(url, source.webhookUrl));
  const active = ours.filter(({ status }) => status === 'active');
  const [first] = ours;
  if (active.length === 0) {
    return first
      ? problem(
          subject,
          `${first.id} is ${first.status}`,
          `labelrelay webhooks update ${source.name} ${first.id} --status active`,
        )
      : problem(
          subject,
          `none to ${source.webhookUrl}`,
          `labelrelay webhooks create ${source.name}`,
        );
  }
  const missing = toolsOf[source.platform].neededTopics.filter(
    (topic) => !active.some(({ topics }) => topics === 'all' || topics.includes(topic)),
  );
  if (missing.length === 0) return ok(subject, `${active.length} active`);
  const fix = `labelrelay webhooks update ${source.name} ${active[0]?.id} --topics …`;
  return warning(subject, `nothing tells of ${missing.join(', ')}`, fix);
}
