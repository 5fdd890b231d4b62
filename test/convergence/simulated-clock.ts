/** Time that passes when the test says so, in milliseconds. */
export class SimulatedClock {
  #time = 0;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  readonly now = (): number => this.#time;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => this.#sleepers.push({ at: this.#time + ms, wake }));

  get asleep(): number {
    return this.#sleepers.length;
  }

  pass(ms: number): void {
    this.#time += ms;
  }

  /** Turns to what happens next: somebody wakes, or the time that is given comes. */
  advance(at: number): void {
    this.#time = Math.max(this.#time, Math.min(at, ...this.#sleepers.map((each) => each.at)));
    const awake = this.#sleepers.filter((each) => each.at <= this.#time);
    this.#sleepers = this.#sleepers.filter((each) => each.at > this.#time);
    for (const { wake } of awake) wake();
  }
}
