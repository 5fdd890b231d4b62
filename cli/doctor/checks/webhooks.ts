import { LabelrelayError } from '../../../lib/errors';
import { toolsOf } from '../../../lib/platforms/tools-of';
import type { PlatformTools } from '../../../lib/webhook-api/platform-tools';
import { isSameUrl } from '../../../lib/webhook-api/same-url';
import type { Webhook } from '../../../lib/webhook-api/webhook-api';
import { explainError } from '../../command/explain-error';
import type { DeployedSource, Deployment } from '../../deployment/deployment';
import { plain } from '../../terminal/plain';
import { findApiKey, findWebhookApi } from '../../webhooks/find-webhook-api';
import { readAccess } from '../../webhooks/read-access';
import type { Check } from '../check';
import { type Finding, ok, problem, skipped, warning } from '../finding';
import { isPrivateAddress } from '../is-private-address';
import type { Paste } from '../paste';

const TIMEOUT_MS = 30_000;

/** Checks that each platform sends the needed topics to us, if its API key is known. */
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
  const tools = toolsOf(source.platform);
  if (!tools) return [skipped(subject, `not checked: look in ${source.platform} itself`)];
  if (!(await findApiKey(source, deployment)))
    return [skipped(subject, `not checked: set ${readAccess(source.name, tools).apiKey.variable}`)];
  try {
    const api = await findWebhookApi(source, deployment, TIMEOUT_MS);
    const all = await api.list();
    const addresses = await judgeAddresses(source, all, tools);
    const overlaps = judgeOverlaps(source, all, tools);
    return [judge(subject, source, all, paste, tools), ...overlaps, ...addresses];
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    const fix = paste.labelrelay(`webhooks list ${source.name}`);
    return [problem(subject, explainError(error), fix)];
  }
}

/** Warns of webhooks that both tell of the labels of one project. */
function judgeOverlaps(
  { name, webhookUrl }: DeployedSource,
  all: readonly Webhook[],
  { neededTopics, twoVersions }: PlatformTools,
): Finding[] {
  if (!twoVersions) return [];
  const telling = all.filter(
    ({ url, status, topics }) =>
      status === 'active' &&
      isSameUrl(url, webhookUrl) &&
      (topics === 'all' || neededTopics.some((topic) => topics.includes(topic))),
  );
  return telling.flatMap((one, index) =>
    telling
      .slice(index + 1)
      .filter(({ project }) => !project || !one.project || project === one.project)
      .map(({ id, project = one.project }) => {
        const where = project ? `the project ${plain(project)}` : 'all projects';
        const found = `${one.id} and ${id} both send labels of ${where}: ${twoVersions.why}`;
        return warning(`webhooks ${name}`, found, twoVersions.fix);
      }),
  );
}

/** Warns of webhooks to private addresses, to which a platform may silently not send. */
async function judgeAddresses(
  { name, webhookUrl }: DeployedSource,
  all: readonly Webhook[],
  { privateAddress }: PlatformTools,
): Promise<Finding[]> {
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
  { name, webhookUrl }: DeployedSource,
  all: readonly Webhook[],
  paste: Paste,
  { neededTopics, wantsProject }: PlatformTools,
): Finding {
  const ours = all.filter(({ url }) => isSameUrl(url, webhookUrl));
  const active = ours.filter(({ status }) => status === 'active');
  const [first] = ours;
  const update = (id: string, change: string) =>
    paste.labelrelay(`webhooks update ${name} ${id} ${change}`);
  if (!first) {
    const project = wantsProject ? ' --project <id>' : '';
    const fix = paste.labelrelay(`webhooks create ${name}${project}`);
    return problem(subject, `none to ${webhookUrl}`, fix);
  }
  const [working] = active;
  if (!working) {
    const fix = update(first.id, '--status active');
    return problem(subject, `${first.id} is ${first.status}`, fix);
  }
  const told = active.flatMap(({ topics }) => topics);
  const missing = told.includes('all') ? [] : neededTopics.filter((each) => !told.includes(each));
  if (missing.length === 0) return ok(subject, `${active.length} active`);
  const fix = update(working.id, `--topics ${[...working.topics, ...missing].join(',')}`);
  return warning(subject, `no webhook sends ${missing.join(', ')}`, fix);
}
