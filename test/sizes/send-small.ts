import { setTimeout } from 'node:timers/promises';
import { deliver } from '../support/send';

/** How a small delivery was answered, and after how many milliseconds. */
export interface SmallAnswer {
  readonly status: number;
  readonly ms: number;
}

// Runs in a process of its own, and sends small deliveries, one after the other, as long as whoever
// started it is there.
async function sendSmall(url: string): Promise<void> {
  for (let count = 0; ; count++) {
    const began = performance.now();
    const move = { action: 'APPROVE', projectId: 'p', dataRowIds: [`small-${count}`] };
    const { status } = await deliver(url, move);
    const answer: SmallAnswer = { status, ms: performance.now() - began };
    process.send?.(answer);
    await setTimeout(100);
  }
}

process.on('disconnect', () => process.exit());
sendSmall(process.argv[2] ?? '');
