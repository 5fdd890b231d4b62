import { LabelrelayError } from '../../../lib/errors';
import { explainError } from '../../command/explain-error';
import type { DeployedSource, Deployment } from '../../deployment/deployment';
import { findApiKey, findWebhookApi } from '../../platforms/find-webhook-api';
import { toolsOf } from '../../platforms/tools-of';
import type { Webhook } from '../../platforms/webhook-api';
import { isSameUrl } from '../../webhooks/same-url';
import { type Finding, ok, problem, skipped, warning } from '../finding';
import type { Paste } from '../paste';
import type { Check } from '../patient';

const TIMEOUT_MS = 30_000;

/** Whether each platform sends to us, and what; of those whose API key is there. */
export const webhooks: Check = async ({ deployment, paste }) =>
  Promise.all(deployment.sources.map((source) => check(source, deployment, paste)));

async function check(
  source: DeployedSource,
  deployment: Deployment,
  paste: Paste,
): Promise<Finding> {
  const subject = `webhooks ${source.name}`;
  if (!(await findApiKey(source, deployment))) {
    const { apiKeyVariable } = toolsOf[source.platform];
    return skipped(subject, `not looked at: set ${apiKeyVariable}`);
  }
  try {
    const api = await findWebhookApi(source, deployment, TIMEOUT_MS);
    return judge(subject, source, await api.list(), paste);
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    return problem(subject, explainError(error), paste.labelrelay(`webhooks list ${source.name}`));
  }
}

function judge(
  subject: string,
  { name, platform, webhookUrl }: DeployedSource,
  all: readonly Webhook[],
  paste: Paste,
): Finding {
  const ours = all.filter(({ url }) => isSameUrl(url, webhookUrl));
  const active = ours.filter(({ status }) => status === 'active');
  const [first] = ours;
  const update = (id: string, change: string) =>
    paste.labelrelay(`webhooks update ${name} ${id} ${change}`);
  if (!first) {
    const project = platform === 'label-studio' ? ' --project <id>' : '';
    const fix = paste.labelrelay(`webhooks create ${name}${project}`);
    return problem(subject, `none to ${webhookUrl}`, fix);
  }
  const [working] = active;
  if (!working) {
    const fix = update(first.id, '--status active');
    return problem(subject, `${first.id} is ${first.status}`, fix);
  }
  const told = active.flatMap(({ topics }) => topics);
  const { neededTopics } = toolsOf[platform];
  const missing = told.includes('all') ? [] : neededTopics.filter((each) => !told.includes(each));
  if (missing.length === 0) return ok(subject, `${active.length} active`);
  const fix = update(working.id, `--topics ${[...working.topics, ...missing].join(',')}`);
  return warning(subject, `nothing tells of ${missing.join(', ')}`, fix);
}
