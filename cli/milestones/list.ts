import type { OpenEpoch } from '../../lib/milestones/read-epochs';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { ago } from '../terminal/ago';
import { print } from '../terminal/print';
import { type Column, table } from '../terminal/table';
import { toJson } from '../terminal/to-json';
import { openEpochs, toLine } from './open-epochs';

const COLUMNS: readonly Column<OpenEpoch>[] = [
  { head: 'RULE', value: ({ rule }) => rule.name },
  { head: 'SOURCE', value: ({ group }) => group?.source ?? '-' },
  { head: 'PROJECT', value: ({ group }) => group?.project ?? '-' },
  { head: 'CHANGED', value: ({ rule, epoch }) => changed(epoch?.subjects, rule.count) },
  { head: 'FIRES', value: fires },
  { head: 'FIRED', value: ({ epoch }) => (epoch ? `${epoch.epoch - 1} times` : '-') },
];

const changed = (subjects = 0, count?: number): string =>
  count === undefined ? String(subjects) : `${subjects} of ${count}`;

function fires({ rule, due }: OpenEpoch): string {
  const timed = due ? [`${due.reason} ${untilDue(Date.parse(due.at))}`] : [];
  return [...timed, ...(rule.count === undefined ? [] : [`at ${rule.count}`])].join(', or ') || '-';
}

const untilDue = (ms: number): string =>
  ms < Date.now() ? `overdue for ${ago(new Date(ms))}` : `in ${ago(new Date(), ms)}`;

/** `labelrelay milestones list` */
export const list = define('list', 'List rules, what has changed, and when each may fire', [
  ['labelrelay milestones list --stage prod', 'every rule, by source and project'],
  ['labelrelay milestones list --json | jq .due', 'when each fires if nothing more changes'],
]).action(async (_, command) => {
  const globals = globalsOf(command);
  const { epochs } = await openEpochs(globals);
  if (globals.json) for (const epoch of epochs) print(toJson(toLine(epoch), 0));
  else print(epochs.length > 0 ? table(epochs, COLUMNS) : 'no rules');
});
