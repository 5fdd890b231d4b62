import { LabelrelayError } from '../../lib/errors';
import { reconcile as run } from '../../lib/reconcile/reconcile';
import type { Extent } from '../../lib/reconcile/window';
import { reconcilePortsAt } from '../aws/reconcile-ports-at';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { EXIT } from '../command/exit-code';
import { globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { collect, moment, rate } from '../command/parse';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import { sourceOf } from '../deployment/deployment';
import { openLabelStore } from '../labels/open-label-store';
import { confirm } from '../terminal/confirm';
import { plain } from '../terminal/plain';
import { say } from '../terminal/print';
import { configuredProjects } from './configured-projects';
import { openListing } from './open-listing';
import { pageProgress } from './page-progress';
import { printReport } from './print-report';

/** `labelrelay reconcile` */
export const reconcile = define('reconcile', 'Publish changes that no webhook reported', [
  ['labelrelay reconcile label-studio --dry-run --stage prod', 'what the last day has missed'],
  ['labelrelay reconcile label-studio --full --yes', 'compare everything, deletions too'],
  ['labelrelay reconcile labelbox --project ckx1 --since 2026-01-31', 'one project since a day'],
])
  .argument('<source>', 'the source, such as label-studio')
  .option(
    '--project <id>',
    'only this project; may be repeated. Default: those of `reconcile`, or all',
    collect,
  )
  .option('--since <moment>', 'changed since: a day or moment in UTC, or 24h ago', moment)
  .option('--full', 'compare everything: also finds what was deleted, and fills an empty store')
  .option('--from <file>', 'read a file that was exported by hand, instead of the API')
  .addOption(durationOption('--lag <duration>', 'how new changes are left to webhooks', '5m'))
  .option('--limit <n/s>', 'requests a second to the platform', rate, 10)
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '60s'))
  .option('--dry-run', 'only count')
  .option('-y, --yes', 'do not ask')
  .action(async (name, options, command) => {
    const globals = globalsOf(command);
    const extent = extentOf(options);
    const { deployment } = await openLabelStore(globals, name);
    const source = sourceOf(deployment, name);
    const isLimited = options.project !== undefined || options.from !== undefined;
    const projects = isLimited ? options.project : await configuredProjects(deployment);
    const listing = await openListing(source, deployment, options);
    if (!options.dryRun) {
      const does = `Changes of ${name} that the label store lacks will be published to every queue.`;
      await confirm(does, options.yes);
    }
    const signal = catchInterruption();
    const ports = reconcilePortsAt(deployment.config, name, redeliverPorts(deployment));
    const progress = pageProgress();
    const report = await run(
      { ...ports, listing },
      {
        source: name,
        extent,
        projects,
        isNamed: options.project !== undefined,
        lagMs: options.lag,
        isDry: options.dryRun,
        signal,
        onPage: progress.onPage,
        onNotice: (text) => say(plain(text)),
      },
    ).finally(progress.end);
    printReport(name, report, options.dryRun === true, globals);
    if (!report.isFinished) process.exitCode = EXIT.interrupted;
    else if (options.dryRun && report.recovered > 0) process.exitCode = EXIT.findings;
  });

interface ExtentOptions {
  readonly since?: Date;
  readonly full?: true;
  readonly from?: string;
}

/** @throws LabelrelayError `usage` */
function extentOf({ since, full, from }: ExtentOptions): Extent {
  if (since && (full || from)) {
    throw new LabelrelayError('usage', 'expected --since, or --full or --from, got both');
  }
  if (since && since.getTime() > Date.now()) {
    throw new LabelrelayError('usage', `expected --since in the past, got ${since.toISOString()}`);
  }
  if (since) return { since };
  return full || from ? 'full' : 'last';
}
