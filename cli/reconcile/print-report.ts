import type { Report } from '../../lib/reconcile/report';
import { print, printJson, say } from '../terminal/print';
import { printRows } from '../terminal/print-rows';

/** Prints what a run found. */
export function printReport(
  source: string,
  { projects, recovered, unreadable, isFinished }: Report,
  dryRun: boolean,
  { json }: { readonly json?: boolean },
): void {
  if (json) printJson({ source, dryRun, projects, recovered, unreadable });
  else {
    printRows(
      projects,
      [
        { head: 'PROJECT', value: ({ id }) => id },
        { head: 'LABELS', value: ({ listed }) => listed },
        { head: 'CREATED', value: (project) => project.recovered.created },
        { head: 'UPDATED', value: (project) => project.recovered.updated },
        { head: 'DELETED', value: (project) => project.recovered.deleted },
      ],
      {},
      'no projects',
    );
    print(`${recovered} events ${dryRun ? 'would be' : 'were'} recovered`);
  }
  if (unreadable > 0) say(`${unreadable} things could not be read`);
  if (!isFinished) say('stopped before the end: the next run goes on there');
}
