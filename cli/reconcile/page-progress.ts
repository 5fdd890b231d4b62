import type { ListedPage, ListedProject } from '../../lib/webhook-api/listing';
import { type Progress, progress } from '../terminal/progress';

/** A progress bar for each project in turn. */
export function pageProgress() {
  let bar: Progress | undefined;
  let current: { readonly id: string; rows: number; total: number } | undefined;
  const end = (): void => bar?.end();
  return {
    end,
    onPage({ id }: ListedProject, { rows, total = 0 }: ListedPage): void {
      if (current?.id !== id) {
        end();
        // Later pages count what is left.
        current = { id, rows: 0, total };
        bar = progress(`project ${id}`, total || undefined);
      }
      current.rows += rows.length;
      bar?.to(current.rows);
    },
  };
}
