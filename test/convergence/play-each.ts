import { Random } from '../fuzz/random';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);

/** The length of a history, at least 1. Most are short, except at night: they find the same at a third of the cost. */
export const lengthOf = (random: Random, most: number): number =>
  1 + random.below(process.env.PROPERTY_RUNS ? most : 1 + random.below(most));

/**
 * Plays so many histories, each made from a random source of its own. `CONVERGENCE_SEED` plays those of an earlier run.
 *
 * @param name of the histories in what is printed
 * @param play rejects if a history diverges
 */
export async function playEach(
  count: number,
  name: string,
  play: (random: Random, index: number) => Promise<void>,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await play(new Random(SEED, index), index).catch((error: unknown) => {
      process.stdout.write(`CONVERGENCE_SEED=${SEED}, history ${index}\n`);
      throw error;
    });
  }
  process.stdout.write(`${name} = ${count}, divergences = 0\n`);
}
