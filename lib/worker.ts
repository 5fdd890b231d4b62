/**
 * Everything that a worker needs: `labelrelay/worker`.
 *
 * @module
 */

export { createWorker } from './aws/create-worker';
export { dynamoMarks } from './aws/dynamodb/dynamo-marks';
export type { DynamoTable } from './aws/dynamodb/dynamo-table';
export { dynamoValues } from './aws/dynamodb/dynamo-values';
export { type LabelStoreOptions, labelStore } from './aws/label-store';
export {
  type LambdaWorkerOptions,
  lambdaWorker,
  type SqsHandler,
} from './aws/lambda/lambda-worker';
export { type S3DataOptions, s3Data } from './aws/s3/s3-data';
export { type SqsMessage, sqsWorkerQueue, toSqsMessage } from './aws/sqs/sqs-worker-queue';
export type { Handlers, Worker, WorkerOptions } from './consume/create-worker';
export { type AnyEvent, type EventOf, isGone, topicOf } from './consume/event';
export type { Failure } from './consume/failure';
export type { Guard, HandlerContext, Verdict } from './consume/guard';
export { handleMessage } from './consume/handle-message';
export { type HoldBackOptions, holdBack } from './consume/hold-back';
export { type InOrderOptions, inOrder } from './consume/in-order';
export { type ChangeContext, keepNewest } from './consume/keep-newest';
export type { Claim, Lease, Marks } from './consume/marks';
export { Poison } from './consume/poison';
export type { DataStore } from './consume/ports';
export type { Position } from './consume/position';
export type { Message, Queue } from './consume/queue';
export { RetryLater } from './consume/retry-later';
export type { OnError } from './consume/tell-failure';
export type { Kept, ReadableValues, Values } from './consume/values';
export { UnknownVersion, Wait } from './consume/wait';
export { type Topic, topics } from './events/topics';
export type {
  Annotation,
  Answer,
  Attributes,
  BboxAnnotation,
  BboxKeyframe,
  ClaimCheck,
  Classification,
  Counts,
  DataOf,
  DataRow,
  DocumentBoxAnnotation,
  EllipseAnnotation,
  EllipseKeyframe,
  GeoAnnotation,
  Keyframe,
  Label,
  LabelData,
  LabeledProject,
  MaskAnnotation,
  MaskKeyframe,
  Media,
  Named,
  OtherAnnotation,
  OtherKeyframe,
  Person,
  PointAnnotation,
  PointKeyframe,
  PolygonAnnotation,
  PolygonKeyframe,
  PolylineAnnotation,
  PolylineKeyframe,
  ProjectData,
  Relationship,
  ReviewData,
  TaskData,
  TextSpanAnnotation,
  Time,
  TimeSpanAnnotation,
  TrainingRequestedData,
  UnrecognizedData,
  VideoTrackAnnotation,
  Workflow,
  WorkflowActionData,
} from './events/types';
export { labelHandlers } from './label-store/label-handlers';
export type { LabelStore } from './label-store/label-store';
export type { ProjectEntry } from './label-store/ports';
export type { LabelQuery, LabelRow } from './label-store/read-labels';
export type { StoredLabel, StoredSubject } from './label-store/stored-label';
