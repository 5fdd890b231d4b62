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
   * Records a read of a secret.
   *
   * @param current the id of the current version
   * @param previous the id of the previous version; undefined if only the current one was read
   * @returns the time when the two were first seen, in milliseconds since 1970
   */
  see(source: string, current: string, previous?: string): number {
    const last = this.#sightings.get(source);
    const isSame =
      last?.current === current && (previous === undefined || previous === last.previous);
    if (isSame) return last.at;
    // The current version of the last read is the previous one now.
    const seen = { current, previous: previous ?? last?.current, at: this.now() };
    this.#sightings.set(source, seen);
    return seen.at;
  }
}
