const BAR = 24;

/** A progress bar on standard error, on a terminal only. */
export interface Progress {
  /** @param done the number of finished steps */
  to(done: number): void;
  end(): void;
}

/** @param total the number of steps; undefined if it is unknown */
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
