import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startFakeLabelStudio } from '../support/fake-label-studio/start';
import { FakeStudio } from '../support/fake-label-studio/studio';
import { play, type Stage } from './history';

const HISTORIES = process.env.PROPERTY_RUNS ? 5_000 : 500;
const FIRST = Number(process.env.HISTORY ?? 1);

let stage: Stage;
beforeAll(async () => {
  // The server serves the studio of the history that is played.
  const studio = new Proxy({} as FakeStudio, {
    get: (_, name) => Reflect.get(stage.studio, name, stage.studio),
  });
  const server = await startFakeLabelStudio(studio);
  stage = { server, studio: new FakeStudio(Date.now) };
});
afterAll(() => stage.server.stop());

test(`after ${HISTORIES} random histories, the store has what the platform has`, async () => {
  let divergences = 0;
  let found = 0;
  for (let seed = FIRST; seed < FIRST + (process.env.HISTORY ? 1 : HISTORIES); seed++) {
    const end = await play(seed, stage);
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
}, 1_800_000);

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
