import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { CloudOrder } from './start-cloud';

interface Multipart {
  readonly key: string;
  readonly begunAt: Date;
  readonly parts: Map<number, { file: string; size: number }>;
}

interface Stored {
  readonly files: readonly string[];
  readonly size: number;
}

/** The part of S3 that stores objects, whole and in parts, each in a file. */
export class DiskBucket {
  readonly #objects = new Map<string, Stored>();
  readonly #uploads = new Map<string, Multipart>();

  constructor(private readonly folder: string) {}

  report() {
    return {
      objects: Object.fromEntries([...this.#objects].map(([key, { size }]) => [key, size])),
      uploads: [...this.#uploads.values()].map(({ key }) => key),
    };
  }

  /** Forgets all objects. Their files are removed when the process ends. */
  empty(): void {
    this.#objects.clear();
    this.#uploads.clear();
  }

  async handle(
    incoming: IncomingMessage,
    response: ServerResponse,
    order: CloudOrder,
  ): Promise<void> {
    const url = new URL(incoming.url ?? '', 'http://s3');
    const [, , ...path] = url.pathname.split('/').map(decodeURIComponent);
    const key = path.join('/');
    const uploadId = url.searchParams.get('uploadId');
    const upload = uploadId === null ? undefined : this.#uploads.get(uploadId);
    if (uploadId !== null && !upload) return fail(response, 404, 'NoSuchUpload');
    switch (
      `${incoming.method} ${[...url.searchParams.keys()].filter((name) => /^(uploads|uploadId|list-type|prefix)$/.test(name))[0] ?? ''}`
    ) {
      case 'POST uploads':
        return this.#create(key, response);
      case 'PUT uploadId':
        return this.#putPart(
          upload as Multipart,
          Number(url.searchParams.get('partNumber')),
          incoming,
          response,
          order,
        );
      case 'POST uploadId':
        return this.#complete(uploadId as string, upload as Multipart, incoming, response);
      case 'DELETE uploadId':
        for (const { file } of (upload as Multipart).parts.values())
          await rm(file, { force: true });
        this.#uploads.delete(uploadId as string);
        response.writeHead(204).end();
        return;
      case 'GET uploads':
        return this.#listUploads(response);
      case 'GET list-type':
      case 'GET prefix':
        return this.#list(url.searchParams, response);
      case 'PUT ':
        return this.#put(key, incoming, response);
      case 'DELETE ':
        await this.#remove(key);
        response.writeHead(204).end();
        return;
      default:
        return this.#get(key, response, incoming.headers.range);
    }
  }

  #create(key: string, response: ServerResponse): void {
    const id = randomUUID();
    this.#uploads.set(id, { key, begunAt: new Date(), parts: new Map() });
    xml(
      response,
      `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  async #putPart(
    upload: Multipart,
    number: number,
    incoming: IncomingMessage,
    response: ServerResponse,
    order: CloudOrder,
  ): Promise<void> {
    const file = join(this.folder, randomUUID());
    const size = await (order.discards ? discard(incoming) : store(incoming, file));
    upload.parts.set(number, { file, size });
    const crc = incoming.headers['x-amz-checksum-crc32'];
    response
      .writeHead(200, { etag: `"${randomUUID()}"`, ...(crc && { 'x-amz-checksum-crc32': crc }) })
      .end();
  }

  async #complete(
    id: string,
    { key, parts }: Multipart,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const numbers = [...(await text(incoming)).matchAll(/<PartNumber>(\d+)</g)].map(([, number]) =>
      Number(number),
    );
    const chosen = numbers.map((number) => parts.get(number));
    const tooSmall = chosen.slice(0, -1).some((part) => (part?.size ?? 0) < 5_242_880);
    if (chosen.length === 0 || chosen.includes(undefined) || tooSmall) {
      return fail(response, 400, 'InvalidPart');
    }
    const size = chosen.reduce((sum, part) => sum + (part?.size ?? 0), 0);
    await this.#remove(key);
    this.#objects.set(key, { files: chosen.map((part) => part?.file ?? ''), size });
    this.#uploads.delete(id);
    xml(
      response,
      `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"${randomUUID()}"</ETag></CompleteMultipartUploadResult>`,
    );
  }

  async #put(key: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = join(this.folder, randomUUID());
    const source = incoming.headers['x-amz-copy-source'];
    if (source !== undefined) {
      const from = this.#objects.get(decodeURIComponent(String(source)).replace(/^\/?[^/]+\//, ''));
      if (!from) return fail(response, 404, 'NoSuchKey');
      const files = from.files.map((_, index) => `${file}-${index}`);
      for (const [index, one] of from.files.entries()) await copyFile(one, files[index] ?? '');
      this.#objects.set(key, { files, size: from.size });
      return xml(response, '<CopyObjectResult><ETag>"copy"</ETag></CopyObjectResult>');
    }
    const size = await store(incoming, file);
    await this.#remove(key);
    this.#objects.set(key, { files: [file], size });
    response.writeHead(200, { etag: `"${randomUUID()}"` }).end();
  }

  async #remove(key: string): Promise<void> {
    const stored = this.#objects.get(key);
    this.#objects.delete(key);
    for (const file of stored?.files ?? []) await rm(file, { force: true });
  }

  async #get(key: string, response: ServerResponse, range = ''): Promise<void> {
    const stored = this.#objects.get(key);
    if (!stored) return fail(response, 404, 'NoSuchKey');
    const { files, size } = stored;
    const last = Math.min(Number(/^bytes=-(\d+)$/.exec(range)?.[1] ?? size), size);
    response.writeHead(last < size ? 206 : 200, { 'content-length': last, etag: '"etag"' });
    let skip = size - last;
    for (const file of files) {
      const { size: length } = statSync(file);
      const start = Math.min(skip, length);
      skip -= start;
      if (start === length) continue;
      const from = createReadStream(file, { start, highWaterMark: 262_144 });
      for await (const chunk of from) {
        if (response.destroyed) return;
        if (!response.write(chunk)) await new Promise((resolve) => untilDrained(response, resolve));
      }
    }
    response.end();
  }

  #list(search: URLSearchParams, response: ServerResponse): void {
    const prefix = search.get('prefix') ?? '';
    const delimiter = search.get('delimiter');
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const folderEnd = (key: string) => (delimiter ? key.indexOf(delimiter, prefix.length) : -1);
    const folders = new Set(
      keys.flatMap((key) => (folderEnd(key) < 0 ? [] : [key.slice(0, folderEnd(key) + 1)])),
    );
    const found = [
      ...keys
        .filter((key) => folderEnd(key) < 0)
        .map((key) => `<Contents><Key>${key}</Key></Contents>`),
      ...[...folders].map((it) => `<CommonPrefixes><Prefix>${it}</Prefix></CommonPrefixes>`),
    ];
    xml(
      response,
      `<ListBucketResult><IsTruncated>false</IsTruncated>${found.join('')}</ListBucketResult>`,
    );
  }

  #listUploads(response: ServerResponse): void {
    const uploads = [...this.#uploads].map(
      ([id, { key, begunAt }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begunAt.toISOString()}</Initiated></Upload>`,
    );
    xml(
      response,
      `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${uploads.join('')}</ListMultipartUploadsResult>`,
    );
  }
}

async function discard(incoming: IncomingMessage): Promise<number> {
  let size = 0;
  incoming.on('data', (chunk: Buffer) => (size += chunk.length));
  await once(incoming, 'end');
  return size;
}

/** @throws unless the bytes have the announced checksum */
async function store(incoming: IncomingMessage, file: string): Promise<number> {
  let crc = 0;
  incoming.on('data', (chunk: Buffer) => (crc = crc32(chunk, crc)));
  await pipeline(incoming, createWriteStream(file));
  const expected = incoming.headers['x-amz-checksum-crc32'];
  const came = Buffer.alloc(4);
  came.writeUInt32BE(crc);
  if (expected !== undefined && expected !== came.toString('base64')) throw new Error('checksum');
  return statSync(file).size;
}

const xml = (response: ServerResponse, body: string): void => {
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
};

const fail = (response: ServerResponse, status: number, code: string): void => {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
};

function untilDrained(response: ServerResponse, resolve: (value: unknown) => void): void {
  const done = (): void => {
    response.off('drain', done).off('close', done);
    resolve(undefined);
  };
  response.on('drain', done).on('close', done);
}
