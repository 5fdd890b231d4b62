import { createHash } from 'node:crypto';
import type { ClaimCheck } from '../../events/types';
import type { Template } from '../../json/long/write/template';
import { TemplateWriter, type WriterMeans } from '../../json/long/write/template-writer';
import type { Upload, UploadStore } from '../stored/object-store';

interface ClaimMeans extends Omit<WriterMeans, 'write'> {
  readonly objects: UploadStore;
  readonly signal: AbortSignal;
}

/** Writes JSON to an object that an event refers to. The upload begins with the first text. */
export class ClaimWriter {
  readonly json: TemplateWriter;
  readonly #hash = createHash('sha256');
  #upload: Upload | undefined;

  constructor(
    private readonly key: string,
    template: Template,
    private readonly means: ClaimMeans,
  ) {
    this.json = new TemplateWriter(template, { ...means, write: (text) => this.#write(text) });
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#hash.update(bytes);
    this.#upload ??= this.means.objects.begin(this.key, this.means.signal);
    await this.#upload.write(bytes);
  }

  /** @param members further members, written at the end of the JSON object */
  async commit(members?: object): Promise<ClaimCheck> {
    await this.json.finish(members);
    const dataref = (await this.#upload?.commit()) ?? '';
    return { dataref, datadigest: `sha256:${this.#hash.digest('hex')}` };
  }

  async abort(): Promise<void> {
    await this.#upload?.abort();
  }
}
