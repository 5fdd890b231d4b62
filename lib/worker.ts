/** Everything that a worker needs, as `labelrelay/worker`. */

export { dynamoMarks } from './aws/dynamodb/dynamo-marks';
export type { DynamoTable } from './aws/dynamodb/dynamo-table';
export { dynamoValues } from './aws/dynamodb/dynamo-values';
export { lambdaWorker, type SqsHandler } from './aws/lambda/lambda-worker';
export { s3Data } from './aws/s3/s3-data';
export { type SqsMessage, sqsWorkerQueue, toSqsMessage } from './aws/sqs/sqs-worker-queue';
export {
  createWorker,
  type Handlers,
  type Worker,
  type WorkerOptions,
} from './consume/create-worker';
export { type AnyEvent, type EventOf, isGone, topicOf } from './consume/event';
export type { Failure } from './consume/failure';
export type { Guard, HandlerContext, Verdict } from './consume/guard';
export { handleMessage } from './consume/handle-message';
export { type HoldBackOptions, holdBack } from './consume/hold-back';
export { type InOrderOptions, inOrder } from './consume/in-order';
export { keepNewest, type Values } from './consume/keep-newest';
export type { Claim, Lease, Marks } from './consume/marks';
export { Poison } from './consume/poison';
export type { DataStore } from './consume/ports';
export type { Position } from './consume/position';
export type { Message, Queue } from './consume/queue';
export { RetryLater } from './consume/retry-later';
export type { OnError } from './consume/tell-failure';
export { UnknownVersion, Wait } from './consume/wait';
export type { Annotation } from './events/schemas/annotation';
export type { LabelData } from './events/schemas/data';
export type { Label } from './events/schemas/label';
export { type Topic, topics } from './events/topics';
