import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { play } from './history';
import { labelStudioFakes } from './label-studio-fake';
import { labelboxFakes } from './labelbox-fake';

/** The number for each platform. */
const HISTORIES = process.env.PROPERTY_RUNS ? 5_000 : 250;
const FIRST = Number(process.env.HISTORY ?? 1);

const PLATFORMS = { 'Label Studio': labelStudioFakes, Labelbox: labelboxFakes };

describe.each(Object.entries(PLATFORMS))('%s', (_, newFakes) => {
  let fakes: Awaited<ReturnType<typeof newFakes>>;
  beforeAll(async () => {
    fakes = await newFakes();
  });
  afterAll(() => fakes.stop());

  test(`after ${HISTORIES} random histories, the store has what the platform has`, async () => {
    let divergences = 0;
    let found = 0;
    for (let seed = FIRST; seed < FIRST + (process.env.HISTORY ? 1 : HISTORIES); seed++) {
      const end = await play(seed, fakes.newFake);
      const isEqual = JSON.stringify(end.stored) === JSON.stringify(end.there);
      if (!isEqual || end.again > 0) {
        if (divergences++ < 3) console.error(`HISTORY=${seed}`, difference(end));
      }
      found += end.found;
    }
    process.stdout.write(
      `histories = ${HISTORIES}, divergences = ${divergences}, found = ${found}\n`,
    );
    expect(divergences).toBe(0);
    // They have something to find.
    if (!process.env.HISTORY) expect(found).toBeGreaterThan(HISTORIES);
  }, 3_600_000);
});

function difference({
  stored,
  there,
  found,
  again,
  log,
}: Awaited<ReturnType<typeof play>>): string {
  const [has, wants] = [stored, there].map((list) => list.map((each) => JSON.stringify(each)));
  const extra = has?.filter((each) => !wants?.includes(each));
  const missing = wants?.filter((each) => !has?.includes(each));
  return JSON.stringify({ extra, missing, found, again, log }, undefined, 1);
}
