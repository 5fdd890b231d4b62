import type { Telemetry } from '../ports';
import type { Metric } from './metrics';

type Level = Parameters<Telemetry['log']>[0];

/** Collects the fields and metrics of one delivery, and writes one line of the log at its end. */
export class Journal {
  readonly #began: number;
  readonly #fields: Record<string, unknown> = {};
  readonly #metrics = new Map<Metric, number>();
  #outcome: { level: Level; message: string } | undefined;

  /** @param since the time of the request, perhaps by another clock */
  constructor(since: Date = new Date()) {
    this.#began = performance.now() - Math.max(0, Date.now() - since.getTime());
  }

  note(fields: object): void {
    Object.assign(this.#fields, fields);
  }

  count(metric: Metric, by = 1): void {
    this.#metrics.set(metric, (this.#metrics.get(metric) ?? 0) + by);
  }

  conclude(level: Level, message: string): void {
    this.#outcome = { level, message };
  }

  /** Writes nothing without an outcome, such as for a health check. */
  write({ log }: Telemetry): void {
    if (!this.#outcome) return;
    const { level, message } = this.#outcome;
    log(level, message, { ...this.#fields, ms: this.elapsed }, this.#metrics);
  }

  /** The time since the request, in milliseconds. */
  get elapsed(): number {
    return Math.round((performance.now() - this.#began) * 10) / 10;
  }
}
