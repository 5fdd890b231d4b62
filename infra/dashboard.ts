import { deadLetterQueueName, queueName, type Routes, workerQueuesOf } from '../lib/events/queues';
import type { Metric } from '../lib/receive/log/metrics';
import { namespaceOf } from '../lib/telemetry';
import { functionId, type LambdaFunction } from './functions';
import { API_ID } from './http-api';
import type { Resources, Settings } from './settings';

/** A line of a graph: a namespace, a metric, pairs of dimensions, and options. */
type Line = readonly (string | { readonly stat?: string; readonly label?: string })[];

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The size of a graph in the grid of the dashboard, which has 24 columns. */
const WIDTH = 6;
const HEIGHT = 6;
const HEADING_HEIGHT = 1;

/** The most metrics of a dashboard that AWS does not charge for. */
const FREE_METRICS = 50;

/** The dashboard: the stages of a delivery from left to right, and a log of errors below. */
export const dashboardResources = (
  settings: Settings,
  functions: readonly LambdaFunction[],
): Resources => {
  const { stage } = settings.config;
  const columns =
    settings.alarms === 'all' ? ofEach(settings, functions) : few(settings, functions);
  const widgets = [...columns.flatMap(column), errorLog(functions)];
  return {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: `labelrelay-${stage}`,
        DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets }) },
      },
    },
  };
};

type Column = readonly [title: string, graphs: readonly Graph[]];

/** Graphs of at most 50 metrics. Where there are very many queues, the last ones are left out. */
function few({ config: { stage, routes } }: Settings, functions: readonly LambdaFunction[]) {
  const columns = (queues: readonly string[]): Column[] => [
    ['1. API Gateway', gateway()],
    ['2. Receive', receive(stage, functions)],
    [
      '3. Queues',
      [
        ofQueues('Waiting', 'ApproximateNumberOfMessagesVisible', 'Maximum', queues),
        { title: 'Oldest of all (s)', lines: [our(stage, 'OldestMessageSeconds', 'Maximum')] },
      ],
    ],
    [
      '4. Workers',
      [
        { title: 'Dead letters of all', lines: [our(stage, 'DeadLetters', 'Maximum')] },
        { title: 'Calls', lines: functions.map(ofFunction('Invocations')) },
      ],
    ],
  ];
  const room = FREE_METRICS - linesOf(columns([]));
  return columns(namesOf(stage, routes).slice(0, Math.max(0, room)));
}

/** Graphs of every metric of every queue, as `alarms: all` has alarms on them. */
function ofEach({ config: { stage, routes } }: Settings, functions: readonly LambdaFunction[]) {
  const names = namesOf(stage, routes);
  const deadLetters = workerQueuesOf(routes).map((queue) => deadLetterQueueName(stage, queue));
  const columns: Column[] = [
    ['1. API Gateway', gateway()],
    ['2. Receive', receive(stage, functions)],
    ['3. Queues', waiting(names)],
    ['4. Workers', working(names, deadLetters)],
  ];
  return columns;
}

const namesOf = (stage: string, routes: Routes): string[] =>
  workerQueuesOf(routes).map((queue) => queueName(stage, queue));

const linesOf = (columns: readonly Column[]): number =>
  columns.flatMap(([, graphs]) => graphs.flatMap(({ lines }) => lines)).length;

const column = ([title, graphs]: Column, index: number): object[] => {
  const x = index * WIDTH;
  return [
    {
      type: 'text',
      ...{ x, y: 0, width: WIDTH, height: HEADING_HEIGHT },
      properties: { markdown: `## ${title}`, background: 'transparent' },
    },
    ...graphs.map(({ title, lines }, row) => ({
      type: 'metric',
      ...{ x, y: HEADING_HEIGHT + row * HEIGHT, width: WIDTH, height: HEIGHT },
      properties: { title, metrics: lines, region: REGION, stat: 'Sum', period: 60 },
    })),
  ];
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const REGION = '${AWS::Region}';

const gateway = (): Graph[] => {
  const metricOf = (metric: string, stat = 'Sum'): Line => [
    'AWS/ApiGateway',
    metric,
    'ApiId',
    `\${${API_ID}}`,
    { stat, label: stat === 'Sum' ? metric : `${metric} ${stat}` },
  ];
  return [
    { title: 'Requests', lines: [metricOf('Count'), metricOf('4xx'), metricOf('5xx')] },
    { title: 'Latency (ms)', lines: [metricOf('Latency', 'p50'), metricOf('Latency', 'p99')] },
    { title: 'Bytes', lines: [metricOf('DataProcessed')] },
  ];
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders

const our = (stage: string, metric: Metric, stat = 'Sum'): Line => [
  namespaceOf(stage),
  metric,
  { stat, label: metric },
];

const ofFunction =
  (metric: string) =>
  ({ name }: LambdaFunction): Line => [
    'AWS/Lambda',
    metric,
    'FunctionName',
    `\${${functionId(name)}}`,
    { label: `${name} ${metric}` },
  ];

const receive = (stage: string, functions: readonly LambdaFunction[]): Graph[] => [
  {
    title: 'Answers',
    lines: [
      our(stage, 'Accepted'),
      our(stage, 'Held'),
      our(stage, 'HeldUnverified'),
      our(stage, 'Refused'),
      our(stage, 'Undecodable'),
      our(stage, 'TooLarge'),
      our(stage, 'Unavailable'),
      our(stage, 'UnexpectedError'),
      our(stage, 'Silent', 'Maximum'),
    ],
  },
  {
    title: 'Held deliveries',
    lines: [
      our(stage, 'WaitingSeconds', 'Maximum'),
      our(stage, 'Redelivered'),
      our(stage, 'Rejected'),
      our(stage, 'Parked'),
    ],
  },
  { title: 'Errors', lines: functions.map(ofFunction('Errors')) },
];

/** A line for each queue. */
const ofQueues = (
  title: string,
  metric: string,
  stat: 'Sum' | 'Maximum',
  names: readonly string[],
): Graph => ({
  title,
  lines: names.map((name) => ['AWS/SQS', metric, 'QueueName', name, { stat, label: name }]),
});

const waiting = (names: readonly string[]): Graph[] => [
  ofQueues('Sent', 'NumberOfMessagesSent', 'Sum', names),
  ofQueues('Waiting', 'ApproximateNumberOfMessagesVisible', 'Maximum', names),
  ofQueues('Oldest (s)', 'ApproximateAgeOfOldestMessage', 'Maximum', names),
];

const working = (names: readonly string[], deadLetters: readonly string[]): Graph[] => [
  ofQueues('Done', 'NumberOfMessagesDeleted', 'Sum', names),
  ofQueues('In flight', 'ApproximateNumberOfMessagesNotVisible', 'Maximum', names),
  ofQueues('Dead letters', 'ApproximateNumberOfMessagesVisible', 'Maximum', deadLetters),
];

const errorLog = (functions: readonly LambdaFunction[]): object => ({
  type: 'log',
  ...{ x: 0, y: HEADING_HEIGHT + 3 * HEIGHT, width: 4 * WIDTH, height: HEIGHT },
  properties: {
    title: 'Errors and warnings',
    region: REGION,
    view: 'table',
    query: [
      ...functions.map(({ name }) => `SOURCE '/aws/lambda/\${${functionId(name)}}'`),
      'fields @timestamp, level, message, source, error, key',
      "filter level = 'error' or level = 'warn' or ispresent(errorType)",
      'sort @timestamp desc',
      'limit 50',
    ].join(' | '),
  },
});
