interface Sighting {
  readonly current: string;
  readonly previous?: string;
  readonly at: number;
}

/** Remembers since when each source's secret has had its current and its previous version. */
export class SecretSightings {
  readonly #sightings = new Map<string, Sighting>();

  constructor(private readonly now: () => number) {}

  /**
   * To be told of every read.
   *
   * @param current the id of a version
   * @param previous the same; undefined when only the current one was read
   * @returns since when the two were seen, in milliseconds since 1970
   */
  see(source: string, current: string, previous?: string): number {
    const last = this.#sightings.get(source);
    const isSame =
      last?.current === current && (previous === undefined || previous === last.previous);
    if (isSame) return last.at;
    // What was the current one at the last look is the previous one now.
    const seen = { current, previous: previous ?? last?.current, at: this.now() };
    this.#sightings.set(source, seen);
    return seen.at;
  }
}
