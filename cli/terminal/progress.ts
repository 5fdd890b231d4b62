const BAR = 24;

/** A bar on standard error, on a terminal alone. */
export interface Progress {
  /** @param done of what there is to do */
  to(done: number): void;
  end(): void;
}

/** @param total what there is to do; undefined where nobody knows */
export function progress(label: string, total: number | undefined): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { to() {}, end() {} };
  return {
    to(done) {
      const share = total ? Math.min(1, done / total) : 0;
      const filled = Math.round(share * BAR);
      const bar = total ? `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}] ` : '';
      stderr.write(`\r\x1b[K${label} ${bar}${done}${total ? `/${total}` : ''}`);
    },
    end: () => void stderr.write('\r\x1b[K'),
  };
}
