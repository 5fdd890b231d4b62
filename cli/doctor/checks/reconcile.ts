import { dynamoNotes } from '../../../lib/aws/dynamodb/dynamo-notes';
import { toolsOf } from '../../../lib/platforms/tools-of';
import { readSource, type SourceNote } from '../../../lib/reconcile/notes';
import { labelClients } from '../../aws/label-store-at';
import { ago } from '../../terminal/ago';
import type { Check } from '../check';
import { type Finding, ok, problem, skipped, warning } from '../finding';

/** A schedule that finds nothing to do for so long does not run. */
const LATE_MS = 24 * 3_600_000;

/** When each source was last compared with its platform, and what that found. */
export const reconcile: Check = async ({ deployment: { config, sources }, paste }) => {
  if (!config.hasLabelStore) return [];
  const { client } = labelClients(config);
  const table = { client, table: config.labelStoreTable };
  const findings = sources.map(async ({ name, platform }) => {
    if (!toolsOf(platform)?.listing) {
      return skipped(`reconcile ${name}`, `the labels of ${platform} cannot be listed`);
    }
    const note = await readSource(dynamoNotes(table, name));
    return toFinding(name, note, paste.labelrelay(`reconcile ${name} --full --dry-run`));
  });
  return Promise.all(findings);
};

function toFinding(
  name: string,
  { finishedAt, recovered = 0, scheduledAt }: SourceNote,
  command: string,
): Finding {
  const check = `reconcile ${name}`;
  const isLate = Date.now() - Date.parse(finishedAt ?? scheduledAt ?? '') > LATE_MS;
  const last =
    finishedAt === undefined
      ? 'never compared with its platform to the end'
      : `last compared with its platform ${ago(new Date(finishedAt))} ago`;
  if (scheduledAt !== undefined && isLate) {
    return problem(check, `${last}, although that is scheduled`, 'docs/runbook/reconcile-late.md');
  }
  if (finishedAt === undefined) return skipped(check, `${last}: ${command}`);
  if (recovered === 0) return ok(check, `${last}, and nothing had been missed`);
  return warning(check, `${last}: ${recovered} events had no webhook`, 'docs/runbook/recovered.md');
}
