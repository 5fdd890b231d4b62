import { milestoneItems } from '../../lib/aws/milestones';
import { MILESTONES_QUEUE } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import type { Items } from '../../lib/milestones/items';
import { type OpenEpoch, readEpochs, toldRules } from '../../lib/milestones/read-epochs';
import { expectTable } from '../aws/expect-table';
import type { Globals } from '../command/globals';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';

export interface Opened {
  readonly deployment: Deployment;
  readonly items: Items;
  readonly epochs: readonly OpenEpoch[];
}

/** Reads the open epochs of a deployment. @throws LabelrelayError `not-found` if milestones are switched off */
export async function openEpochs(globals: Globals): Promise<Opened> {
  const deployment = await findDeployment(globals);
  const { config } = deployment;
  const items = milestoneItems(config);
  const known = config.milestones.rules;
  const reading = async () => {
    // On this machine, `npm start` may have rules in its environment that this command has not.
    const rules = known.length > 0 ? known : await toldRules(items);
    return readEpochs(items, rules);
  };
  if (!deployment.queues.some(({ name }) => name === MILESTONES_QUEUE)) {
    const message =
      'expected rules of milestones, got none: set `milestones` in serverless.yml (LABELRELAY_MILESTONES for npm start)';
    throw new LabelrelayError('not-found', message);
  }
  const message = `expected the table ${config.milestonesTable} of milestones, got none: set rules or \`completion: true\` in serverless.yml, and deploy`;
  return { deployment, items, epochs: await expectTable(reading(), message) };
}

/** An open epoch as a line of JSON. */
export const toLine = ({ rule, group, epoch, due }: OpenEpoch): object => ({
  rule: rule.name,
  on: rule.on,
  by: rule.by,
  count: rule.count,
  quietSeconds: seconds(rule.quietMs),
  maxSeconds: seconds(rule.maxMs),
  source: group?.source,
  project: group?.project,
  epoch: epoch?.epoch,
  subjects: epoch?.subjects,
  firstAt: epoch?.firstAt,
  lastAt: epoch?.lastAt,
  firedAt: epoch?.firedAt,
  due,
});

const seconds = (ms: number | undefined): number | undefined => ms && ms / 1_000;
