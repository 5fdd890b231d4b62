import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelStudio } from '../../../lib/platforms/label-studio/label-studio';

const SECRETS = {
  token: 'S3CRET',
  task_data_login: 'S3CRET',
  task_data_password: 'S3CRET',
  label_config_hash: 'S3CRET',
};

test('no secret of a project is left, for any action and any place of the project', () => {
  const project = fc.jsonValue().map((value) => ({ id: 7, title: 't', value, ...SECRETS }));
  const action = fc.constantFrom(
    'ANNOTATION_CREATED',
    'TASKS_CREATED',
    'PROJECT_UPDATED',
    'REVIEW_CREATED',
    'START_TRAINING',
    'LABEL_LINK_CREATED',
    'X',
  );
  const member = fc.constantFrom('project', 'annotation', 'task', 'tasks', 'data', 'label_link');
  fc.assert(
    fc.property(action, member, project, (name, key, value) => {
      const nested = { project: value };
      for (const body of [
        { action: name, project: value },
        { action: name, project: value, [key]: nested },
        { action: name, [key]: [nested, { inner: [nested] }], project: value },
        { action: name, project: [value] },
        { action: name, ...value },
        { action: name, data: value, projects: [value], other: { ...value } },
      ]) {
        const drafts = labelStudio.normalize(labelStudio.redact(body), {});
        expect(JSON.stringify(drafts)).not.toContain('S3CRET');
      }
    }),
  );
});

test("a token that is not a project's stays", () => {
  const project = { id: 1, ...SECRETS };
  const body = {
    action: 'TASKS_CREATED',
    tasks: [{ id: 1, data: { token: 'a word', project } }],
    task: { data: { project } },
    annotation: { result: [{ token: 'a word' }] },
  };
  expect(labelStudio.redact(body)).toBe(body);
});

test('5,000 tasks with a configuration of 1 MB do not carry it 5,000 times', () => {
  const body = {
    action: 'TASKS_CREATED',
    tasks: Array.from({ length: 5_000 }, (_, id) => ({ id, data: { text: 'x'.repeat(400) } })),
    project: { id: 7, title: 't', label_config: 'x'.repeat(1_000_000), ...SECRETS },
  };
  const drafts = labelStudio.normalize(labelStudio.redact(body), {});
  expect(drafts).toHaveLength(5_000);
  expect(JSON.stringify(drafts).length).toBeLessThan(10_000_000);
});
