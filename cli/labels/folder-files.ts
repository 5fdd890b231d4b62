import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    const file = await open(partial, 'w');
    let text = '';
    const flush = async (): Promise<void> => {
      const chunk = text;
      text = '';
      await file.appendFile(chunk);
    };
    return {
      async write(more) {
        text += more;
        if (text.length >= CHUNK) await flush();
      },
      async close() {
        await flush();
        await file.close();
        await rename(partial, whole);
      },
    };
  },
});
