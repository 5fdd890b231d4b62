import { describeError } from '../receive/log/describe-error';
import { Journal } from '../receive/log/journal';
import type { Telemetry } from '../receive/ports';
import { expectOrganization } from './expect-organization';
import { readSource, type SourceNote, writeSource } from './notes';
import type { ReconcilePorts } from './ports';
import { reconcile } from './reconcile';
import type { Report } from './report';

export interface ScheduleOptions {
  readonly source: string;
  /** The ids of the projects. Absent: all that the key sees. */
  readonly projects?: readonly string[];
  /** How long a change is left to webhooks, in milliseconds. */
  readonly lagMs: number;
  /** The time between two rounds of everything, in milliseconds. */
  readonly fullEveryMs: number;
  /** Makes webhooks for projects that have none, until the call ends. @returns how many */
  ensure?(signal: AbortSignal): Promise<number>;
  /** Ends the call. The next one goes on there. */
  readonly signal: AbortSignal;
  readonly now?: () => Date;
}

/** The largest share of the live labels of a source that is deleted without a person. */
const MAX_DELETED = 0.1;

/**
 * Compares a source with its platform: what changed since the last call, and once in a while everything. The first call fills
 * an empty store. A round of everything may take several calls.
 */
export async function reconcileOnSchedule(
  ports: ReconcilePorts,
  telemetry: Telemetry,
  { fullEveryMs, ensure, now = () => new Date(), ...options }: ScheduleOptions,
): Promise<void> {
  const journal = new Journal();
  journal.note({ source: options.source });
  try {
    const note = await begin(ports, journal, fullEveryMs, now());
    const { roundAt } = note;
    // First: what happens in a new project before it has a webhook is found by the comparison.
    const made = ensure ? await webhooksMade(ports, () => ensure(options.signal)) : {};
    journal.note(made);
    const report = await reconcile(ports, {
      ...options,
      now,
      extent: roundAt === undefined ? 'last' : 'full',
      roundAt,
      maxDeleted: MAX_DELETED,
    });
    if (report.isFinished && report.withheld === undefined && roundAt !== undefined) {
      const finished = await readSource(ports.notes);
      await writeSource(ports.notes, { ...finished, roundAt: undefined, fullAt: roundAt });
    }
    tell(report, journal, options.source);
    if ('webhooksError' in made && report.withheld === undefined) {
      journal.conclude('error', 'projects without a webhook got none');
    }
  } finally {
    journal.write(telemetry);
  }
}

/** Counts the age of the last run, and begins a round of everything if it is time. */
async function begin(
  { notes, listing }: ReconcilePorts,
  journal: Journal,
  fullEveryMs: number,
  now: Date,
): Promise<SourceNote> {
  const note = await readSource(notes);
  const { scheduledAt = now.toISOString(), finishedAt = scheduledAt, fullAt } = note;
  const ageMs = now.getTime() - Date.parse(finishedAt);
  journal.count('ReconcileAgeSeconds', Math.max(0, Math.round(ageMs / 1_000)));
  journal.conclude('error', 'comparison with the platform failed');
  const isDue = fullAt === undefined || Date.parse(fullAt) + fullEveryMs <= now.getTime();
  const roundAt = note.roundAt ?? (isDue ? (await listing.now()).toISOString() : undefined);
  const begun = { ...note, scheduledAt, roundAt };
  await writeSource(notes, begun);
  return begun;
}

/** A platform that refuses webhooks is compared nevertheless. */
async function webhooksMade(
  ports: ReconcilePorts,
  ensure: () => Promise<number>,
): Promise<{ webhooksMade: number } | { webhooksError: object }> {
  // Not in another organization.
  await expectOrganization(ports);
  return ensure().then(
    (count) => ({ webhooksMade: count }),
    (error: unknown) => ({ webhooksError: describeError(error) }),
  );
}

function tell(report: Report, journal: Journal, source: string): void {
  const { projects, recovered, unreadable, isFinished, withheld } = report;
  journal.note({ projects: projects.length, recovered, unreadable, isFinished, withheld });
  if (recovered > 0) journal.count('Recovered', recovered);
  if (withheld === undefined) {
    journal.conclude(recovered > 0 ? 'warn' : 'info', 'compared with the platform');
    return;
  }
  journal.count('DeletionsWithheld', withheld);
  journal.note({ command: `labelrelay reconcile ${source} --full` });
  journal.conclude('error', 'too many labels are gone: none was deleted');
}
