import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A statement of a policy in docs/policies. */
export interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string | string[]>> };
}

export const POLICIES = join(__dirname, '../../docs/policies');

export const readPolicy = (name: string): Statement[] =>
  JSON.parse(readFileSync(join(POLICIES, `${name}.json`), 'utf8')).Statement;

const list = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);

export const actionsOf = ({ Action }: Statement): string[] => list(Action);

/** Compares as IAM does: `*` stands for any text. */
export const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`).test(text);

const literally = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

export const allows = (statements: readonly Statement[], action: string, arn: string): boolean =>
  statements.some(
    (statement) =>
      actionsOf(statement).some((pattern) => matches(pattern, action)) &&
      list(statement.Resource).some((pattern) => matches(pattern, arn)),
  );
