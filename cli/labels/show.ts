import { LabelrelayError } from '../../lib/errors';
import { labelsOf } from '../../lib/label-store/read-state';
import type { StoredSubject } from '../../lib/label-store/stored-label';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { print } from '../terminal/print';
import { toJson } from '../terminal/to-json';
import { openLabelStore } from './open-label-store';

/** `labelrelay labels show` */
export const show = define('show', 'Show the newest state of one subject', [
  ['labelrelay labels show label/5 --source label-studio', 'one label whole'],
  [
    'labelrelay labels show project/p/data-row/r/labels --json | jq .label',
    'the labels of a data row, a line of JSON each',
  ],
])
  .argument('<subject>', 'the subject of its events: label/<id>, task/<id>, project/<id>, …')
  .option('--source <name>', 'only this source')
  .action(async (subject, { source }, command) => {
    const globals = globalsOf(command);
    const { store, deployment } = await openLabelStore(globals, source);
    const names = source ? [source] : deployment.sources.map(({ name }) => name);
    const found = await Promise.all(names.map((name) => store.show(name, subject)));
    const known = found.flatMap((each) => each ?? []);
    if (known.length === 0) {
      const message = `expected a subject that the label store knows, got ${subject}`;
      throw new LabelrelayError('not-found', message);
    }
    for (const each of known.flatMap(linesOf)) print(toJson(each, globals.json ? 0 : 2));
  });

/** As `labels list` has it. A task, a project and a row without labels are one line. */
function linesOf(subject: StoredSubject): object[] {
  const labels = labelsOf(subject);
  return labels.length > 0 ? labels : [subject];
}
