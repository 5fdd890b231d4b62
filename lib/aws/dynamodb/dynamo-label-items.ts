import {
  type AttributeValue,
  PutItemCommand,
  paginateQuery,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Form, LabelItems, NewState, ProjectEntry, State } from '../../label-store/ports';
import {
  type DynamoTable,
  type Item,
  namesIn,
  older,
  positionValues,
  refusalOf,
  toExpires,
  usedIn,
} from './dynamo-table';
import { readAll } from './read-all';
import { KNOWN, LABEL_STORE_VERSION, versionOf } from './table-version';

const {
  expectKnown,
  tableVersion,
  attribute: versionAttribute,
  value: versionValue,
} = versionOf(LABEL_STORE_VERSION);

/** The items under a key: its state, its deletion, and of a project links to the subjects in it. */
const STATE = 'state';
const GONE = 'gone';
const HOLDS = 'holds ';
/** The key of the list of projects. Keys of subjects begin with a slash. */
const PROJECTS = '#projects';

const stateId = (key: string): Item => ({ key: { S: key }, item: { S: STATE } });
const goneId = (key: string): Item => ({ key: { S: key }, item: { S: GONE } });
const linkId = (project: string, name: string): Item => ({
  key: { S: project },
  item: { S: HOLDS + name },
});
/** The attribute with the place of an unfinished deletion. Two deletions of one parent may be at work at once. */
const cascadeName = (until: string): string => `buried ${until}`;

/**
 * The items of the label store in a DynamoDB table with the partition key `key`, the sort key `item`, and the time to live
 * `expires`. Every item has the `version` of its form. Reads are consistent.
 */
export function dynamoLabelItems({ client, table }: Required<DynamoTable>): LabelItems {
  const TableName = table;
  const expectTable = tableVersion({ client, table }, 'item');

  interface Update {
    readonly set: string;
    readonly condition?: string;
    readonly values: Item;
    readonly names?: Record<string, string>;
  }

  /** @throws UnknownVersion */
  async function update(
    Key: Item,
    { set, condition, values, names = {} }: Update,
  ): Promise<{ isWritten: boolean; item?: Item }> {
    await expectTable();
    const UpdateExpression = `SET #version = :version, ${set}`;
    const ConditionExpression = condition ? `${KNOWN} AND (${condition})` : KNOWN;
    const command = new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: { ...namesIn(UpdateExpression + ConditionExpression), ...names },
      ExpressionAttributeValues: {
        ...versionValue,
        ...usedIn(UpdateExpression + ConditionExpression, values),
      },
      ReturnValues: 'ALL_OLD',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    let before: Item | undefined;
    const refusal = await refusalOf(
      client.send(command).then(({ Attributes }) => {
        before = Attributes;
      }),
    );
    if (!refusal) return { isWritten: true, item: before };
    // An emulator may omit the old item: then read it.
    const [item] = refusal.Item ? [refusal.Item] : await read([Key]);
    expectKnown(item, table);
    return { isWritten: false, item };
  }

  async function read(keys: readonly Item[]): Promise<Item[]> {
    const items = await readAll(client, TableName, keys);
    for (const item of items) expectKnown(item, table);
    return items;
  }

  async function* query(key: string, input: LinkQuery) {
    for await (const { Items = [], Count = 0 } of pages(key, input)) {
      for (const item of Items) expectKnown(item, table);
      yield { items: Items, count: Count };
    }
  }

  const pages = (key: string, { from, to, names, values, ...input }: LinkQuery) =>
    paginateQuery(
      { client },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: '#key = :key AND #item BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#key': 'key', '#item': 'item', ...names },
        ExpressionAttributeValues: {
          ':key': { S: key },
          ':from': { S: from },
          ':to': { S: to },
          ...values,
        },
        ...input,
      },
    );

  return {
    async addProject({ project, forms }) {
      await update(
        { key: { S: PROJECTS }, item: { S: project } },
        {
          set: ['#project = :project', ...forms.map((form) => `#${form} = :true`)].join(', '),
          values: { ':project': { S: project }, ':true': { BOOL: true } },
        },
      );
    },
    async projects() {
      const found: ProjectEntry[] = [];
      for await (const { items } of query(PROJECTS, { from: '/', to: '0' })) {
        for (const { item, label, row } of items) {
          const forms: Form[] = [
            ...(label ? ['label' as const] : []),
            ...(row ? ['row' as const] : []),
          ];
          found.push({ project: item?.S ?? '', forms });
        }
      }
      return found;
    },

    async putLink(project, { name, row, key }) {
      await expectTable();
      const Item = {
        ...linkId(project, name),
        version: versionAttribute,
        row: { S: row },
        of: { S: key },
      };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
    async *links(project, { after, page, row } = {}) {
      for await (const { items } of query(project, { ...linksAfter(after, row), Limit: page })) {
        for (const { item, row, of } of items) {
          const name = (item?.S ?? '').slice(HOLDS.length);
          yield { name, row: row?.S ?? '', key: of?.S ?? '' };
        }
      }
    },
    async countLinks(project, { except }) {
      let sum = 0;
      const counted = query(project, {
        ...linksAfter(),
        Select: 'COUNT',
        FilterExpression: 'NOT begins_with(#of, :except)',
        names: { '#of': 'of' },
        values: { ':except': { S: except } },
      });
      for await (const { count } of counted) sum += count;
      return sum;
    },

    async write(key, position, state) {
      const { isWritten, item } = await update(stateId(key), {
        set: setState(state),
        condition: older(position),
        values: { ...positionValues(position), ...stateValues(state) },
      });
      return { isWritten, state: toState(item) };
    },
    read: async (keys) => (await read(keys.map(stateId))).flatMap((item) => toState(item) ?? []),

    async markGone(parent, until) {
      const { item } = await update(goneId(parent), {
        set: '#until = :until',
        condition: 'attribute_not_exists(#until) OR #until < :until',
        values: { ':until': { S: until } },
      });
      return item?.[cascadeName(until)]?.S;
    },
    async noteCascade(parent, until, place) {
      await update(goneId(parent), {
        set: '#cascade = :cascade',
        condition: 'attribute_exists(#until)',
        values: { ':cascade': { S: place } },
        names: { '#cascade': cascadeName(until) },
      });
    },
    async gone(parents) {
      const items = parents.length === 0 ? [] : await read(parents.map(goneId));
      return items.map(({ key, until }) => ({ parent: key?.S ?? '', until: until?.S ?? '' }));
    },
    async deleteUnder(key, parent, until, expiresAt) {
      const { isWritten, item } = await update(stateId(key), {
        set: '#expires = :expires REMOVE #body, #object',
        condition: '#parents.#parent <= :until',
        values: { ':expires': toExpires(expiresAt), ':until': { S: until } },
        names: { '#parent': parent },
      });
      return isWritten ? toState(item) : undefined;
    },
  };
}

/** Sort keys, both ends included. */
interface Range {
  readonly from: string;
  readonly to: string;
}

interface LinkQuery
  extends Range,
    Pick<Partial<QueryCommandInput>, 'Limit' | 'Select' | 'FilterExpression'> {
  /** Those of the filter. */
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/**
 * The links behind the one with the name, of one data row or of all. `!` follows the space at the end of `HOLDS`, and the one
 * behind the row in a name.
 */
const linksAfter = (name?: string, row?: string): Range => {
  const [first, end] =
    row === undefined ? [HOLDS, 'holds!'] : [`${HOLDS}${row} `, `${HOLDS}${row}!`];
  return { from: name === undefined ? first : `${HOLDS}${name}\u0000`, to: end };
};

/** A state without content keeps the place and the facts of the one before. */
function setState({ body, object, place, expiresAt }: NewState): string {
  const isLive = body !== undefined || object !== undefined;
  const keeps = (name: string): string =>
    isLive ? `#${name} = :${name}` : `#${name} = if_not_exists(#${name}, :${name})`;
  const set = [
    '#sequence = :sequence',
    '#id = :id',
    '#parents = :parents',
    keeps('about'),
    ...(place ? [keeps('project'), keeps('row')] : []),
    ...(body === undefined ? [] : ['#body = :body']),
    ...(object === undefined ? [] : ['#object = :object', '#hadObject = :true']),
    ...(expiresAt === undefined ? [] : ['#expires = :expires']),
  ];
  const remove = [
    ...(body === undefined ? ['#body'] : []),
    ...(object === undefined ? ['#object'] : []),
    ...(expiresAt === undefined ? ['#expires'] : []),
  ];
  return `${set.join(', ')} REMOVE ${remove.join(', ')}`;
}

const stateValues = ({
  body = EMPTY,
  object = '',
  about,
  place,
  parents,
  expiresAt,
}: NewState) => ({
  ':body': { B: body },
  ':object': { S: object },
  ':true': { BOOL: true },
  ':about': { S: JSON.stringify(about) },
  ':project': { S: place?.project ?? '' },
  ':row': { S: place?.row ?? '' },
  ':parents': toMap(parents ?? {}),
  ':expires': toExpires(expiresAt ?? 0),
});

const EMPTY = new Uint8Array();

const toMap = (texts: Readonly<Record<string, string>>): AttributeValue => ({
  M: Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
});

function toState(item: Item | undefined): State | undefined {
  const { key, sequence, id, body, object, hadObject, about, project, row } = item ?? {};
  if (key?.S === undefined || sequence?.S === undefined || id?.S === undefined) return undefined;
  return {
    key: key.S,
    sequence: sequence.S,
    id: id.S,
    body: body?.B,
    object: object?.S,
    hadObject: hadObject?.BOOL,
    about: about?.S === undefined ? undefined : JSON.parse(about.S),
    place: project?.S === undefined ? undefined : { project: project.S, row: row?.S ?? '' },
  };
}
