import { LabelrelayError } from '../../lib/errors';
import { expectApiVersion } from '../../lib/reconcile/expect-api-version';
import { type Ensured, ensureWebhooks } from '../../lib/webhook-api/ensure-webhooks';
import { everyProject } from '../../lib/webhook-api/every-project';
import type { Webhook } from '../../lib/webhook-api/webhook-api';
import { labelStoreAt } from '../aws/label-store-at';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { EXIT } from '../command/exit-code';
import { globalsOf } from '../command/globals';
import { collect } from '../command/parse';
import { sourceOf } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { secretOf } from '../deployment/secret-of';
import { printRows } from '../terminal/print-rows';
import { type Api, findApi } from './find-webhook-api';
import { publicUrl } from './public-url';

/** `labelrelay webhooks ensure` */
export const ensure = define(
  'ensure',
  'See that projects have a webhook that sends what is needed',
  [
    ['labelrelay webhooks ensure label-studio --all-projects', 'every project, new ones too'],
    ['labelrelay webhooks ensure labelbox', 'one webhook of the whole organization'],
    ['labelrelay webhooks ensure label-studio --project 7 --dry-run', 'only show what is missing'],
  ],
)
  .argument('<source>', 'the source, such as label-studio')
  .option('--project <id>', 'this project; may be repeated', collect)
  .option('--all-projects', 'every project that the API key sees')
  .option('--url <url>', "instead of the deployment's own URL, such as a tunnel's")
  .option('--dry-run', 'change nothing; exit code 3 if something is missing')
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .action(async (name, { project, allProjects, url: given, dryRun, timeout }, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const source = sourceOf(deployment, name);
    const found = await findApi(source, deployment, timeout);
    const { tools, settings } = found;
    const url = publicUrl(given ?? source.webhookUrl, source);
    if (tools.rowWebhooksByHand && deployment.config.hasLabelStore) {
      const projects = await labelStoreAt(deployment.config).projects();
      expectApiVersion(tools, projects, { source: name, url });
    }
    const api = tools.webhooks(settings);
    const ensured: Ensured[] = [];
    const projects = (ours: readonly Webhook[]) =>
      projectsOf(found, ours, { project, allProjects });
    const options = { api, url, projects, neededTopics: tools.neededTopics, isDry: dryRun };
    const secret = () => secretOf(deployment, name);
    for await (const each of ensureWebhooks({ ...options, secret })) ensured.push(each);
    printRows(
      ensured,
      [
        { head: 'PROJECT', value: (each) => each.project ?? 'all', shrinks: true },
        { head: 'ID', value: ({ id }) => id ?? '' },
        { head: dryRun ? 'WOULD BE' : 'WAS', value: ({ did }) => (did === 'nothing' ? 'ok' : did) },
      ],
      globals,
      'no projects',
    );
    if (dryRun && ensured.some(({ did }) => did !== 'nothing')) process.exitCode = EXIT.findings;
  });

/** The projects of the command, or those that have a webhook to us. */
async function* projectsOf(
  { tools, settings }: Api,
  ours: readonly Webhook[],
  { project, allProjects }: { project?: readonly string[]; allProjects?: true },
): AsyncGenerator<string | undefined> {
  if (project) return yield* project;
  if (allProjects) {
    const listing = tools.listing?.(settings);
    if (!listing)
      throw new LabelrelayError('usage', 'expected --project, since projects cannot be listed');
    return yield* everyProject(tools, listing, ours);
  }
  const known = new Set(ours.map((each) => each.project));
  if (known.size === 0 && tools.wantsProject) {
    throw new LabelrelayError(
      'usage',
      'expected --project <id> or --all-projects, since no project has a webhook yet',
    );
  }
  if (known.size === 0) yield undefined;
  yield* known;
}
