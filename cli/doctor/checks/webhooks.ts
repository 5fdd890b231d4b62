import { LabelrelayError } from '../../../lib/errors';
import { explainError } from '../../command/explain-error';
import type { DeployedSource, Deployment } from '../../deployment/deployment';
import { findApiKey, findWebhookApi } from '../../platforms/find-webhook-api';
import { toolsOf } from '../../platforms/tools-of';
import type { Webhook } from '../../platforms/webhook-api';
import { plain } from '../../terminal/plain';
import { isSameUrl } from '../../webhooks/same-url';
import { type Finding, ok, problem, skipped, warning } from '../finding';
import { isPrivateAddress } from '../is-private-address';
import type { Paste } from '../paste';
import type { Check } from '../patient';

const TIMEOUT_MS = 30_000;

/** Whether each platform sends to us, and what; of those whose API key is there. */
export const webhooks: Check = async ({ deployment, paste }) => {
  const { sources } = deployment;
  const findings = await Promise.all(sources.map((source) => check(source, deployment, paste)));
  return findings.flat();
};

async function check(
  source: DeployedSource,
  deployment: Deployment,
  paste: Paste,
): Promise<Finding[]> {
  const subject = `webhooks ${source.name}`;
  if (!(await findApiKey(source, deployment))) {
    const { apiKeyVariable } = toolsOf[source.platform];
    return [skipped(subject, `not looked at: set ${apiKeyVariable}`)];
  }
  try {
    const api = await findWebhookApi(source, deployment, TIMEOUT_MS);
    const all = await api.list();
    return [judge(subject, source, all, paste), ...(await judgeAddresses(source, all))];
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    const fix = paste.labelrelay(`webhooks list ${source.name}`);
    return [problem(subject, explainError(error), fix)];
  }
}

/** Whether the platform may refuse to send to where its webhooks lead, and says so to nobody. */
async function judgeAddresses(
  { name, platform, webhookUrl }: DeployedSource,
  all: readonly Webhook[],
): Promise<Finding[]> {
  const { privateAddress } = toolsOf[platform];
  if (!privateAddress) return [];
  const isOurs = ({ url }: Webhook): boolean =>
    isSameUrl(url, webhookUrl) ||
    (URL.canParse(url) && isSameUrl(new URL(`/webhooks/${name}`, url).href, url));
  const findings = all
    .filter((webhook) => webhook.status === 'active' && isOurs(webhook))
    .map(async ({ id, url }): Promise<Finding[]> => {
      if (!(await isPrivateAddress(url))) return [];
      const found = `${id} sends to the private address ${plain(url)}: ${privateAddress.why}`;
      return [warning(`webhooks ${name}`, found, privateAddress.fix)];
    });
  return (await Promise.all(findings)).flat();
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
