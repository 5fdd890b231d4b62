import { expect, test } from '@jest/globals';
import { takeTurns } from '../../../lib/consume/take-turns';

/** A run that notes its begin and its end, and ends when it is told to. */
function runs() {
  const log: string[] = [];
  const end = new Map<string, () => void>();
  const run = (name: string) => () =>
    new Promise<string>((resolve) => {
      log.push(`${name} began`);
      end.set(name, () => {
        log.push(`${name} ended`);
        resolve(name);
      });
    });
  return { log, run, end: (name: string) => end.get(name)?.() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('runs of a key are one after the other, and those of another key are at once', async () => {
  const { log, run, end } = runs();
  const inTurn = takeTurns();
  const all = [inTurn('a', run('1')), inTurn('a', run('2')), inTurn('b', run('3'))];
  await settled();
  expect(log).toEqual(['1 began', '3 began']);
  end('1');
  await settled();
  expect(log.slice(2)).toEqual(['1 ended', '2 began']);
  // The first run has ended and the second has not: a third waits for the second.
  all.push(inTurn('a', run('4')));
  await settled();
  expect(log.slice(4)).toEqual([]);
  end('2');
  await settled();
  expect(log.slice(4)).toEqual(['2 ended', '4 began']);
  end('3');
  end('4');
  expect(await Promise.all(all)).toEqual(['1', '2', '3', '4']);
});

test('a run that fails passes its error on, and the next one begins', async () => {
  const inTurn = takeTurns();
  const failed = inTurn('a', () => Promise.reject(new Error('down')));
  const next = inTurn('a', async () => 'next');
  await expect(failed).rejects.toThrow('down');
  expect(await next).toBe('next');
});
