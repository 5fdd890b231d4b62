import type { Writable } from 'node:stream';

/**
 * Writes the lines of one turn of the event loop together: a server that answers several deliveries in a turn would make
 * a system call for each. The end of the process writes what is left, also after an error that nobody caught.
 */
export function lineWriter(stream: Pick<Writable, 'write'>): (line: string) => void {
  let lines = '';
  const flush = (): void => {
    if (lines) stream.write(lines);
    lines = '';
  };
  process.once('exit', flush);
  return (line) => {
    if (!lines) setImmediate(flush);
    lines += `${line}\n`;
  };
}
