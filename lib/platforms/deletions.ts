/**
 * The platforms that report the deletion of each label. On all others, a deleted task or project takes its labels along,
 * so the label store writes a link from them to each label.
 */
export const REPORTS_EACH_DELETION: ReadonlySet<string> = new Set(['labelbox']);
