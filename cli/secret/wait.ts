import { LabelrelayError } from '../../lib/errors';
import { pause } from '../command/interruption';
import { progress } from '../terminal/progress';

/** @throws LabelrelayError `refused` on Ctrl-C */
export async function wait(label: string, milliseconds: number): Promise<void> {
  const seconds = Math.ceil(milliseconds / 1_000);
  const bar = progress(label, seconds);
  for (let passed = 0; passed < seconds; passed++) {
    bar.to(passed);
    if (await pause(1_000)) continue;
    bar.end();
    throw new LabelrelayError('refused', 'stopped');
  }
  bar.end();
}

/** Checks repeatedly. @returns false if it took too long */
export async function waitUntil(
  label: string,
  isSo: () => Promise<boolean>,
  { every, most }: { readonly every: number; readonly most: number },
): Promise<boolean> {
  const began = Date.now();
  while (!(await isSo())) {
    if (Date.now() - began >= most) return false;
    await wait(label, every);
  }
  return true;
}
