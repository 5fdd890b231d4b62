import { writeCoco } from './coco/write-coco';
import type { WriteDataset } from './format';
import { writeNdjson } from './ndjson';
import { writeYolo, type YoloOptions } from './yolo/write-yolo';

/** The name of a format. */
export type FormatName = keyof typeof formats;

/** Every format, by the name that it is asked for. */
export const formats = {
  coco: writeCoco,
  yolo: writeYolo,
  ndjson: writeNdjson,
} satisfies Record<string, WriteDataset<YoloOptions>>;
