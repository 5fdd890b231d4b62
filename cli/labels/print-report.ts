import type { LeftOut, Report } from '../../lib/datasets/report';
import { plain } from '../terminal/plain';
import { print } from '../terminal/print';
import { table } from '../terminal/table';

/** Prints the contents of a data set, and the things that its format cannot express. */
export function printReport({ format, counts, leftOut, notes, newest }: Report, out: string): void {
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  print(plain(`${format} in ${out}: ${told.join(', ') || 'nothing'}`));
  if (newest) print(`newest label: ${newest}`);
  const rows = [
    ...leftOut.map((each) => ({ ...each, what: 'left out' })),
    ...notes.map((each) => ({ ...each, what: 'note' })),
  ];
  if (rows.length === 0) return;
  print(
    table<LeftOut & { what: string }>(rows, [
      { head: 'WHAT', value: ({ what }) => what },
      { head: 'WHY', value: ({ reason }) => reason },
      { head: 'KIND', value: ({ kind }) => kind },
      { head: 'COUNT', value: ({ count }) => count },
      { head: 'SUCH AS', value: ({ examples }) => examples.join(' '), shrinks: true },
    ]),
  );
}
