import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Files } from '../../lib/datasets/format';

const CHUNK = 65_536;

/**
 * Files in a folder. A file has its name once it is whole.
 *
 * @param only the path of the only file, if the data set is one file
 */
export const folderFiles = (folder: string, only?: string): Files => ({
  async create(path) {
    const whole = only ?? join(folder, path);
    const partial = `${whole}.partial`;
    await mkdir(dirname(whole), { recursive: true });
    const stream = createWriteStream(partial);
    let text = '';
    const flush = async (): Promise<void> => {
      const chunk = text;
      text = '';
      await new Promise<void>((resolve, reject) => {
        stream.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    };
    return {
      async write(more) {
        text += more;
        if (text.length >= CHUNK) await flush();
      },
      async close() {
        await flush();
        stream.end();
        await finished(stream);
        await rename(partial, whole);
      },
    };
  },
});
