import { LabelrelayError } from '../../lib/errors';
import { MixedVersions } from '../../lib/label-store/mixed-versions';
import type { StoredLabel } from '../../lib/label-store/stored-label';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { printWaiting, say } from '../terminal/print';
import { type Column, table } from '../terminal/table';
import { toJson } from '../terminal/to-json';
import { countingProgress } from './counting-progress';
import { openLabelStore } from './open-label-store';
import { tellMixed } from './tell-mixed';

/** The rows of a table whose columns have one width. */
const PAGE = 500;

const COLUMNS: readonly Column<StoredLabel>[] = [
  { head: 'SOURCE', value: ({ source }) => source },
  { head: 'PROJECT', value: ({ project }) => project?.name ?? project?.id, shrinks: true },
  {
    head: 'DATA ROW',
    value: ({ dataRow }) => dataRow?.externalId ?? dataRow?.globalKey ?? dataRow?.id,
    shrinks: true,
  },
  { head: 'LABEL', value: ({ label }) => label.id },
  { head: 'ANNOTATIONS', value: ({ label }) => label.annotations?.length },
  { head: 'STATE', value: stateOf },
  { head: 'UPDATED', value: ({ label }) => label.updatedAt?.slice(0, 19), isExtra: true },
  { head: 'SUBJECT', value: ({ subject }) => subject, isExtra: true },
];

function stateOf({ label, deleted }: StoredLabel): string {
  if (deleted || label.deleted) return 'deleted';
  return label.skipped ? 'skipped' : 'live';
}

/** `labelrelay labels list` */
export const list = define('list', 'List labels in their newest state, by source and data row', [
  ['labelrelay labels list --stage prod --source labelbox', 'the labels of a source'],
  ['labelrelay labels list --project 7 --json | wc -l', 'how many labels a project has'],
  ['labelrelay labels list --deleted --json', 'also labels that are gone, a line of JSON each'],
])
  .option('--source <name>', 'only this source')
  .option('--project <id>', 'only this project, by its id')
  .option('--deleted', 'also labels that are gone')
  .option('--after <cursor>', 'go on where an interrupted list stood')
  .action(async ({ after, ...query }, command) => {
    const globals = globalsOf(command);
    const start = after === undefined ? undefined : fromCursor(after);
    const { store } = await openLabelStore(globals, query.source);
    const interruption = catchInterruption();
    const mixed = new MixedVersions();
    const printer = globals.json ? jsonPrinter : tablePrinter();
    const bar = process.stdout.isTTY ? undefined : await countingProgress(store, query);
    let last: string | undefined;
    let [isWhole, count] = [false, 0];
    try {
      for await (const { labels, cursor } of store.rows({ ...query, after: start })) {
        for (const label of labels) {
          if (!label.deleted) mixed.see(label);
          await printer.print(label);
        }
        last = cursor;
        count += labels.length;
        bar?.to(count);
        if (interruption.aborted) return;
      }
      isWhole = true;
    } finally {
      await printer.end();
      bar?.end();
      if (!isWhole && last !== undefined) say(`interrupted: --after ${toCursor(last)} goes on`);
    }
    tellMixed(mixed.found);
  });

interface Printer {
  print(label: StoredLabel): Promise<void>;
  end(): Promise<void>;
}

const jsonPrinter: Printer = {
  print: (label) => printWaiting(toJson(label, 0)),
  async end() {},
};

/** A table whose columns have one width in each part of some rows. */
function tablePrinter(): Printer {
  let page: StoredLabel[] = [];
  let isFirst = true;
  const printPage = async (): Promise<void> => {
    const text = table(page, COLUMNS);
    await printWaiting(isFirst ? text : text.slice(text.indexOf('\n') + 1));
    isFirst = false;
    page = [];
  };
  return {
    async print(label) {
      page.push(label);
      if (page.length >= PAGE) await printPage();
    },
    async end() {
      if (page.length > 0) await printPage();
      else if (isFirst) await printWaiting('no labels');
    },
  };
}

const toCursor = (cursor: string): string => Buffer.from(cursor).toString('base64url');
/** @throws LabelrelayError `usage` */
function fromCursor(after: string): string {
  const cursor = Buffer.from(after, 'base64url').toString();
  if (/^[a-z0-9-]+\n./.test(cursor)) return cursor;
  throw new LabelrelayError(
    'usage',
    `expected --after as an interrupted list told it, got ${after}`,
  );
}
