import { setTimeout } from 'node:timers/promises';
import { askWorker } from '../../lib/aws/milestones';
import { sqs } from '../../lib/aws/operate/sqs';
import { LabelrelayError } from '../../lib/errors';
import { type OpenEpoch, readEpochs } from '../../lib/milestones/read-epochs';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { globalsOf } from '../command/globals';
import { print, say } from '../terminal/print';
import { toJson } from '../terminal/to-json';
import { type Opened, openEpochs } from './open-epochs';

/** How long the worker may take, in milliseconds. */
const MAX_WAIT_MS = 30_000;
const POLL_MS = 250;

/** `labelrelay milestones fire` */
export const fire = define(
  'fire',
  'Fire a rule now, for all that has changed since it last fired',
  [
    ['labelrelay milestones fire retrain --project 7', 'the milestone of one project'],
    ['labelrelay milestones fire retrain --stage prod --json', 'of each project with changes'],
  ],
)
  .argument('<rule>', 'the name of the rule')
  .option('--project <id>', 'only this project, by its id')
  .option('--source <name>', 'only this source')
  .action(async (name, { project, source }, command) => {
    const globals = globalsOf(command);
    const opened = await openEpochs(globals);
    const ofRule = opened.epochs.filter(({ rule }) => rule.name === name);
    if (ofRule.length === 0) {
      const names = [...new Set(opened.epochs.map(({ rule }) => rule.name))].join(', ') || 'none';
      throw new LabelrelayError('not-found', `expected a rule of ${names}, got ${name}`);
    }
    const chosen = ofRule.filter(
      ({ group, epoch }) =>
        (epoch?.subjects ?? 0) > 0 &&
        (project === undefined || group?.project === project) &&
        (source === undefined || group?.source === source),
    );
    if (chosen.length === 0) {
      const message = `expected changes since ${name} last fired${project === undefined ? '' : ` in project ${project}`}, got none`;
      throw new LabelrelayError('refused', message);
    }
    for (const each of chosen) await fireOne(opened, each, globals.json ?? false);
  });

async function fireOne(
  { deployment: { config }, items }: Opened,
  { rule, group, epoch }: OpenEpoch,
  isJson: boolean,
): Promise<void> {
  if (!group || !epoch) return;
  await askWorker(sqs(config), config, { ...group, epoch: epoch.epoch, fire: true });
  const isFired = async (): Promise<boolean> => {
    const found = await readEpochs(items, [rule]);
    const same = found.find((each) => JSON.stringify(each.group) === JSON.stringify(group));
    return (same?.epoch?.epoch ?? 0) > epoch.epoch;
  };
  const end = Date.now() + MAX_WAIT_MS;
  let fired = await isFired();
  for (; !fired && Date.now() < end; fired = await isFired()) await setTimeout(POLL_MS);
  const { source, project } = group;
  const where = project === undefined ? source : `project ${project} of ${source}`;
  if (isJson) print(toJson({ ...group, epoch: epoch.epoch, subjects: epoch.subjects, fired }, 0));
  else if (fired)
    print(`${rule.name} fired for ${where}: epoch ${epoch.epoch}, ${epoch.subjects} changed`);
  if (fired) return;
  say(`the worker has not answered yet: it fires ${rule.name} for ${where} once it does`);
  process.exitCode = EXIT.findings;
}
