import { fixtures } from '../support/fixtures';
import type { Random } from './random';

type Mutation = (body: Buffer, random: Random) => Buffer;

const bodies = fixtures().map(({ body }) => body);
/** Every name of a member, in quotes. */
const names = [...new Set(bodies.flatMap((body) => body.toString().match(/"\w+"(?=:)/g) ?? []))];
const nested = (levels: number): string =>
  `${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`;

const VALUES = [
  ...['{}', '[]', '""', 'null', 'true', '-0', '1e999', '-1e308', '1e-999', '9007199254740993'],
  ...['"\\ud800"', '"\\udc00\\ud83d"', '"\\u0000"', '"\\ufffe"', '"\ufffe\uffff"', '"\u2028\x7f"'],
  ...['"😀"', '"\\ud83d\\ude00"', '"NaN"', '"2026-13-45T99:99:99Z"', '"http://[::?token=%"', 'NaN'],
  ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"a":1}}}', '{"a":1,"a":2}'],
  ...['{"toString":1,"valueOf":null,"toJSON":{},"length":-1,"then":[]}', '[null,[],{},"",0,-1]'],
  ...['9'.repeat(400), `"${'x'.repeat(20_000)}"`, `[${'0,'.repeat(3_000)}0]`, '"\\', '[', '}'],
  ...[nested(250), nested(256), nested(258), nested(8_000), '['.repeat(20_000)],
  `["r"${',"r"'.repeat(400)}]`,
];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toJSON',
  'then',
  '',
  'id',
  'label',
  '\\u0000',
]
  .concat(['action', 'project', 'token', 'dataRowIds', 'result', 'value', '\\ud800', 'length'])
  .map((key) => JSON.stringify(key).replaceAll('\\\\', '\\'));
const BYTES = ['\0', '\xff', '\xc0\x80', '\xed\xa0\x80', '\xef\xbb\xbf', '\xef\xbf\xbe', '"', '\\']
  .concat(['{', '}', '[', ']', ',', ':', '\n', '\r\n', '\xf4\x90\x80\x80', '\x1b', '0', '-', 'e'])
  .map((text) => Buffer.from(text, 'latin1'));
const WHOLES = [
  '',
  ' ',
  'null',
  '0',
  '"x"',
  '[]',
  '[{}]',
  '[{},{}]',
  '{}',
  '{}\n{}',
  '{}\n{',
  '\ufeff',
]
  .concat(['{"action":"MOVE"}', '{"a":1}\n\n{"b":2}\n', `"${'x'.repeat(70_000)}"`, nested(10_000)])
  .map((text) => Buffer.from(text));

/** Some bytes in place of those between two offsets. */
const put = (body: Buffer, from: number, to: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([body.subarray(0, from), bytes, body.subarray(to)]);

function flip(body: Buffer, random: Random): Buffer {
  const flipped = Buffer.from(body);
  const place = random.below(body.length);
  if (body.length > 0) flipped[place] = (body[place] ?? 0) ^ (1 << random.below(8));
  return flipped;
}

/** Another value or key where one stands, also inside of JSON text in a string. */
function graft(body: Buffer, random: Random): Buffer {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g;
  const found = [...body.toString('latin1').matchAll(tokens)];
  if (found.length === 0) return body;
  const { 0: token, index } = random.pick(found);
  const end = index + token.length;
  if (/^"[[{]/.test(token) && random.chance(0.9)) {
    const inner = Buffer.from(token.slice(1, -1).replace(/\\"/g, '"'), 'latin1');
    const text = graft(inner, random).toString('latin1').replaceAll('"', '\\"');
    return put(body, index, end, Buffer.from(`"${text}"`, 'latin1'));
  }
  const isKey = /^\s*:/.test(body.toString('latin1', end, end + 8));
  return put(body, index, end, Buffer.from(random.pick(isKey ? KEYS : VALUES)));
}

/** A member more, perhaps of a name that is there already. */
function addMember(body: Buffer, random: Random): Buffer {
  const place = body.indexOf('{', random.chance(0.5) ? 0 : random.below(body.length)) + 1;
  const name = random.pick(random.chance(0.5) ? KEYS : names);
  return put(body, place, place, Buffer.from(`${name}:${random.pick(VALUES)},`));
}

/** A part of another body, or of its own, behind the start of this one. */
function splice(body: Buffer, random: Random): Buffer {
  const other = random.chance(0.5) ? body : random.pick(bodies);
  const from = random.below(other.length);
  const part = other.subarray(from, from + random.below(other.length - from + 1));
  const place = random.below(body.length + 1);
  return put(body, place, random.chance(0.5) ? body.length : place, part);
}

const MUTATIONS: readonly Mutation[] = [
  ...[graft, graft, graft, graft, addMember, addMember, flip, splice],
  (body, random) => {
    const place = random.below(body.length + 1);
    return put(body, place, place, random.pick(BYTES));
  },
  (body, random) => {
    const place = random.below(body.length);
    return put(body, place, place + 1 + random.below(20), Buffer.alloc(0));
  },
  (body, random) => body.subarray(0, random.below(body.length)),
  (_, random) => random.pick(WHOLES),
  (body) => put(body, 0, 0, Buffer.from('\ufeff')),
];

export function mutateBody(body: Buffer, random: Random): Buffer {
  let mutated = body;
  while (random.chance(0.6)) mutated = random.pick(MUTATIONS)(mutated, random);
  return mutated;
}
