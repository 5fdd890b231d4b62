/** A result of a check. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'skipped' | 'warning' | 'problem';
  readonly found: string;
  /** How to fix the problem. */
  readonly fix?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found });

export const skipped = (check: string, found: string): Finding => ({
  check,
  state: 'skipped',
  found,
});

export const warning = (check: string, found: string, fix: string): Finding => ({
  check,
  state: 'warning',
  found,
  fix,
});

export const problem = (check: string, found: string, fix: string): Finding => ({
  check,
  state: 'problem',
  found,
  fix,
});
