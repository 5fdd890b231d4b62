import { writeFileSync } from 'node:fs';
import { type Bench, PRODUCT } from './bench';
import { makeImport } from './deliveries/make-import';
import { makeLabel } from './deliveries/make-label';
import { type GatewayEvent, labelboxEvent, labelStudioEvent } from './deliveries/to-event';
import { type Sent, sentFile } from './sides/sent';
import { startSide, withSides } from './start-side';
import type { StubReport } from './stub/stub-process';

/** The sizes of labels, in bytes. */
export const SIZES = [500, 3_000, 30_000, 300_000, 3_000_000] as const;
export const LARGEST = 4_500_000;
export const TASKS = 5_000;

export const labelFile = ({ path }: Bench, bytes: number): string => path(`label-${bytes}.json`);
/** A label of 3 KB, signed with SHA-256. */
export const newerFile = ({ path }: Bench): string => path('label-newer.json');
export const importFile = ({ path }: Bench): string => path('import.json');

/** Writes the deliveries to files, with the product's results beside them. */
export async function writeEvents(bench: Bench): Promise<void> {
  const write = (file: string, event: GatewayEvent): void =>
    writeFileSync(file, JSON.stringify(event));
  for (const bytes of [...SIZES, LARGEST]) {
    write(labelFile(bench, bytes), labelboxEvent(makeLabel(bytes)));
  }
  write(newerFile(bench), labelboxEvent(makeLabel(3_000), 'sha256'));
  write(importFile(bench), labelStudioEvent(makeImport(TASKS)));

  const product = startSide(bench, 'handler', { args: [PRODUCT] });
  await withSides([product], async () => {
    for (const bytes of SIZES) {
      const event = labelFile(bench, bytes);
      await product.run({ event, count: 1, inFlight: 1 });
      writeFileSync(sentFile(event), JSON.stringify(toSent(await bench.stub.tell({}))));
    }
  });
}

interface Entry {
  readonly MessageBody: string;
  readonly MessageAttributes: object;
  readonly MessageGroupId: string;
}

function toSent({ last }: StubReport): Sent {
  const asked = JSON.parse(last.SendMessageBatch ?? last.SendMessage ?? '{}');
  const entry: Entry = asked.Entries?.[0] ?? asked;
  return {
    queueUrl: asked.QueueUrl,
    message: entry.MessageBody,
    attributes: entry.MessageAttributes,
    groupId: entry.MessageGroupId,
    object: last.PUT,
  };
}
