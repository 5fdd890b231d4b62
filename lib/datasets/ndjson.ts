import { chooseLabels } from './choose-labels';
import type { WriteDataset } from './format';
import { Tally } from './report';

/** A line of JSON for each label, with everything that the store has of it. */
export const writeNdjson: WriteDataset = async (read, files, options) => {
  const tally = new Tally();
  const file = await files.create('labels.ndjson');
  for await (const row of chooseLabels(read, options, tally)) {
    for (const label of row) await file.write(`${JSON.stringify(label)}\n`);
  }
  await file.close();
  return tally.report('ndjson');
};
