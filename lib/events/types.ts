/** The events of labelrelay and their data. `npm run schemas` generates this file: do not edit it. */
import type { DerivedTopic, Topic } from './topics';

/**
 * The platform's counts of a project at the time of the event.
 *
 * @example
 * ```ts
 * import type { Counts } from 'labelrelay/worker';
 *
 * const counts: Counts = { tasks: 100, finishedTasks: 40, annotations: 44, skipped: 2 };
 * console.log(counts.tasks); // 100
 * ```
 */
export interface Counts {
  /** The number of tasks. */
  tasks?: number;
  /** The number of tasks that are labeled. */
  finishedTasks?: number;
  /** The number of labels. */
  annotations?: number;
  /** The number of skipped labels. */
  skipped?: number;
  /** The number of predictions. */
  predictions?: number;
  /** The number of labels marked as ground truth. */
  groundTruth?: number;
}

/**
 * The project of a label, with the parts of its config that training needs.
 *
 * @example
 * ```ts
 * import type { LabeledProject } from 'labelrelay/worker';
 *
 * const labeledProject: LabeledProject = {
 *   id: '42',
 *   name: 'Cats',
 *   classes: [{ name: 'cat', control: 'box' }],
 *   targets: [{ name: 'image', kind: 'Image', value: '$image' }],
 * };
 * console.log(labeledProject.id); // 42
 * ```
 */
export interface LabeledProject {
  /** The id on the platform. */
  id?: string;
  /** The name on the platform. */
  name?: string;
  /** The classes in the project's config. */
  classes?: Array<{
    /** The name of the class. */
    name: string;
    /** The id of the class. */
    id?: string;
    /** The tag of the config that offers the class, by its name. */
    control?: string;
    /** The color in which the platform shows it. */
    color?: string;
  }>;
  /** The objects that are labeled. */
  targets?: Array<{
    /** The name of the object, such as `image`. */
    name: string;
    /** The kind of the object, such as `Image`. */
    kind?: string;
    /** Its place in the task's data, such as `$image`. */
    value?: string;
  }>;
  /** The platform's counts of the project. */
  counts?: Counts;
}

/**
 * A thing of the platform, such as a project, by its id and its name.
 *
 * @example
 * ```ts
 * import type { Named } from 'labelrelay/worker';
 *
 * const named: Named = { id: '42', name: 'Cats' };
 * console.log(named.id); // 42
 * ```
 */
export interface Named {
  /** The id on the platform. */
  id?: string;
  /** The name on the platform. */
  name?: string;
}

/**
 * A time in UTC, as RFC 3339 writes it.
 *
 * @example
 * ```ts
 * import type { Time } from 'labelrelay/worker';
 *
 * const time: Time = '2026-01-01T12:00:00Z';
 * console.log(time); // 2026-01-01T12:00:00Z
 * ```
 */
export type Time = string;

/**
 * The properties of the image, video, sound or document.
 *
 * @example
 * ```ts
 * import type { Media } from 'labelrelay/worker';
 *
 * const media: Media = { mimeType: 'image/jpeg', width: 1920, height: 1080 };
 * console.log(media.mimeType); // image/jpeg
 * ```
 */
export interface Media {
  /** The type, as the platform names it, such as `image`. */
  type?: string;
  /** The MIME type. */
  mimeType?: string;
  /** The width in pixels. */
  width?: number;
  /** The height in pixels. */
  height?: number;
  /** The frames per second. */
  frameRate?: number;
  /** The number of frames. */
  frameCount?: number;
  /** The duration in seconds. */
  duration?: number;
  /** The number of pages. */
  pages?: number;
  /** The images of a task with several images. */
  items?: Array<{
    /** The index of the image, from 0. */
    index: number;
    /** The width in pixels. */
    width?: number;
    /** The height in pixels. */
    height?: number;
  }>;
}

/**
 * The labeled thing, such as an image: a data row of Labelbox, or a task of Label Studio.
 *
 * @example
 * ```ts
 * import type { DataRow } from 'labelrelay/worker';
 *
 * const dataRow: DataRow = { id: '7', content: { image: 'https://example.com/cat.jpg' }, labeled: true };
 * console.log(dataRow.id); // 7
 * ```
 */
export interface DataRow {
  /** The id of the data row or task. */
  id?: string;
  /** The customer's own id. */
  externalId?: string;
  /** The customer's own id, unique in Labelbox. */
  globalKey?: string;
  /** A URL or the customer's own data, as the platform gives it. */
  content?: unknown;
  /** The time of its creation. */
  createdAt?: Time;
  /** The time of its last change. */
  updatedAt?: Time;
  /** Whether the platform counts it as labeled. */
  labeled?: boolean;
  /** The number of labels that it needs. */
  overlap?: number;
  /** Its size, length and the like. */
  media?: Media;
  /** The metadata of the data row in Labelbox. */
  metadata?: Array<{
    /** The name of the field. */
    name?: string;
    /** Its value. */
    value?: unknown;
    /** The id of the field in Labelbox. */
    id?: string;
  }>;
}

/**
 * The state of a data row in the workflow of its project.
 *
 * @example
 * ```ts
 * import type { Workflow } from 'labelrelay/worker';
 *
 * const workflow: Workflow = { status: 'IN_REVIEW', changedAt: '2026-01-01T12:00:00Z' };
 * console.log(workflow.status); // IN_REVIEW
 * ```
 */
export interface Workflow {
  /** The status, as the platform names it. `DONE` is done. */
  status?: string;
  /** The time of its last change. */
  changedAt?: Time;
}

/**
 * The annotations and answers of one annotator for one data row.
 *
 * @example
 * ```ts
 * import type { Label } from 'labelrelay/worker';
 *
 * const label: Label = {
 *   id: '9',
 *   createdAt: '2026-01-01T12:00:00Z',
 *   createdBy: { email: 'ann@example.com' },
 *   annotations: [
 *     {
 *       name: 'cat',
 *       kind: 'bbox',
 *       bbox: [10, 20, 300, 150],
 *       classifications: [],
 *     },
 *   ],
 *   classifications: [],
 * };
 * console.log(label.id); // 9
 * ```
 */
export interface Label {
  /** The id of the label. */
  id?: string;
  /** The time of its creation. */
  createdAt?: Time;
  /** The time of its last change. */
  updatedAt?: Time;
  /** Whether the label was deleted. */
  deleted?: boolean;
  /** Whether the annotator skipped the data row. `annotations` may have older work. */
  skipped?: boolean;
  /** The time spent on the label, in seconds. */
  secondsToLabel?: number;
  /** The annotator. */
  createdBy?: Person;
  /** The agreement with other labels, as Labelbox scores it. */
  agreement?: number;
  /** The agreement with the benchmark label, as Labelbox scores it. */
  benchmarkAgreement?: number;
  /** Whether the label is marked as ground truth. */
  groundTruth?: boolean;
  /** The platform's own kind of label, such as `Default` or `Video`. */
  kind?: string;
  /** The address of the frames of a video. */
  framesUri?: string;
  /** The marked objects. */
  annotations?: Array<Annotation>;
  /** The answers about the whole data row. */
  classifications?: Array<Classification>;
  /** Relations between annotations. */
  relationships?: Array<Relationship>;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
}

/**
 * A user of the platform.
 *
 * @example
 * ```ts
 * import type { Person } from 'labelrelay/worker';
 *
 * const person: Person = { id: '7', email: 'ann@example.com' };
 * console.log(person.id); // 7
 * ```
 */
export interface Person {
  /** The id of the person on the platform. */
  id?: string;
  /** The email address. */
  email?: string;
}

/**
 * An annotation. `kind` names its geometry. Coordinates are pixels from the top left, unless `unit`
 * names another unit.
 *
 * @example
 * ```ts
 * import type { Annotation } from 'labelrelay/worker';
 *
 * const annotation: Annotation = { name: 'cat', kind: 'bbox', bbox: [10, 20, 300, 150], classifications: [] };
 * console.log(annotation.name); // cat
 * ```
 */
export type Annotation = BboxAnnotation | PolygonAnnotation | PolylineAnnotation | PointAnnotation | EllipseAnnotation | MaskAnnotation | TextSpanAnnotation | TimeSpanAnnotation | VideoTrackAnnotation | DocumentBoxAnnotation | GeoAnnotation | OtherAnnotation;

/**
 * An annotation that is a box, which may be rotated.
 *
 * @example
 * ```ts
 * import type { BboxAnnotation } from 'labelrelay/worker';
 *
 * const bboxAnnotation: BboxAnnotation = { name: 'cat', kind: 'bbox', bbox: [10, 20, 300, 150], classifications: [] };
 * console.log(bboxAnnotation.name); // cat
 * ```
 */
export interface BboxAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'bbox';
  /** `[left, top, width, height]` in pixels. For a rotated box it is the upright box around `corners`. */
  bbox: [number, number, number, number];
  /** Degrees clockwise. */
  rotation?: number;
  /** The corners `[x, y]` of a rotated box in pixels, clockwise, along its width first. */
  corners?: [[number, number], [number, number], [number, number], [number, number]];
}

/**
 * A question and its answer.
 *
 * @example
 * ```ts
 * import type { Classification } from 'labelrelay/worker';
 *
 * const classification: Classification = { name: 'Breed', type: 'radio', answers: [{ name: 'Tabby', value: 'tabby' }] };
 * console.log(classification.name); // Breed
 * ```
 */
export interface Classification {
  /** The id of the answered question. */
  id?: string;
  /** The name of the question. */
  name?: string;
  /** The name of the question for programs, if it differs. */
  value?: string;
  /** The id of the question in Labelbox's ontology. */
  schemaId?: string;
  /** The type of the question. It says which member has the answer. */
  type: 'radio' | 'checklist' | 'text' | 'number' | 'rating' | 'taxonomy' | 'datetime' | 'ranking' | 'pairwise' | 'other';
  /** The selected options. */
  answers?: Array<Answer>;
  /** The text. Several texts are joined by newlines. */
  text?: string;
  /** The number. */
  number?: number;
  /** The rating, such as 1 to 5 stars. */
  rating?: number;
  /** The date or time, as the platform formats it. */
  datetime?: string;
  /** The preferred one of a pair, `left` or `right`. */
  selected?: string;
  /** The ranking, as the platform sent it. */
  ranking?: unknown;
  /** The frame of a video that the answer is about. */
  frame?: number;
  /** The ranges that the answer is about, each from its first to its last position. */
  ranges?: Array<[number, number]>;
  /** The unit of `ranges`: `frame`, with both ends included, or `ms`. */
  unit?: string;
  /** The group of frames that the answer is about. */
  group?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The object of the task that it is about, by its name in the project's config. */
  target?: string;
  /** The answer as it was received, if its type is `other`. */
  native?: unknown;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
}

/**
 * A selected option of a question.
 *
 * @example
 * ```ts
 * import type { Answer } from 'labelrelay/worker';
 *
 * const answer: Answer = { name: 'Tabby', value: 'tabby' };
 * console.log(answer.name); // Tabby
 * ```
 */
export interface Answer {
  /** The id of the answer. */
  id?: string;
  /** The name of the option. */
  name?: string;
  /** The name of the option for programs, if it differs. */
  value?: string;
  /** The id of the option in Labelbox's ontology. */
  schemaId?: string;
  /** The options of a taxonomy from its root to this one. */
  path?: Array<string>;
  /** The questions that come with this option, with their answers. */
  classifications?: Array<Classification>;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
}

/**
 * An annotation that is a closed polygon.
 *
 * @example
 * ```ts
 * import type { PolygonAnnotation } from 'labelrelay/worker';
 *
 * const polygonAnnotation: PolygonAnnotation = {
 *   name: 'cat',
 *   kind: 'polygon',
 *   points: [[10, 20], [310, 20], [160, 170]],
 *   classifications: [],
 * };
 * console.log(polygonAnnotation.name); // cat
 * ```
 */
export interface PolygonAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'polygon';
  /** The corners `[x, y]` in pixels. The first one is not repeated at the end. */
  points: Array<[number, number]>;
}

/**
 * An annotation that is a line of several points.
 *
 * @example
 * ```ts
 * import type { PolylineAnnotation } from 'labelrelay/worker';
 *
 * const polylineAnnotation: PolylineAnnotation = {
 *   name: 'cat',
 *   kind: 'polyline',
 *   points: [[10, 20], [310, 20]],
 *   classifications: [],
 * };
 * console.log(polylineAnnotation.name); // cat
 * ```
 */
export interface PolylineAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'polyline';
  /** The points `[x, y]` in pixels, from one end to the other. */
  points: Array<[number, number]>;
}

/**
 * An annotation that is a point.
 *
 * @example
 * ```ts
 * import type { PointAnnotation } from 'labelrelay/worker';
 *
 * const pointAnnotation: PointAnnotation = { name: 'cat', kind: 'point', point: [160, 95], classifications: [] };
 * console.log(pointAnnotation.name); // cat
 * ```
 */
export interface PointAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'point';
  /** `[x, y]` in pixels. */
  point: [number, number];
}

/**
 * An annotation that is an ellipse.
 *
 * @example
 * ```ts
 * import type { EllipseAnnotation } from 'labelrelay/worker';
 *
 * const ellipseAnnotation: EllipseAnnotation = {
 *   name: 'cat',
 *   kind: 'ellipse',
 *   center: [160, 95],
 *   radii: [150, 75],
 *   classifications: [],
 * };
 * console.log(ellipseAnnotation.name); // cat
 * ```
 */
export interface EllipseAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'ellipse';
  /** `[x, y]` in pixels. */
  center: [number, number];
  /** `[horizontal, vertical]` in pixels, before the rotation. */
  radii: [number, number];
  /** Degrees clockwise. */
  rotation?: number;
}

/**
 * An annotation that is a mask of pixels.
 *
 * @example
 * ```ts
 * import type { MaskAnnotation } from 'labelrelay/worker';
 *
 * const maskAnnotation: MaskAnnotation = {
 *   name: 'cat',
 *   kind: 'mask',
 *   rle: { size: [2, 3], counts: [2, 3, 1] },
 *   classifications: [],
 * };
 * console.log(maskAnnotation.name); // cat
 * ```
 */
export interface MaskAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'mask';
  /** The address of an image of the mask. */
  uri?: string;
  /** The color of the mask in that image: red, green and blue from 0 to 255. */
  colorRgb?: Array<number>;
  /** The pixels of the mask as COCO's uncompressed run lengths. */
  rle?: {
    /** `[height, width]` in pixels. */
    size: [number, number];
    /** The lengths of runs in pixels, column by column, the first one outside the mask. */
    counts: Array<number>;
  };
}

/**
 * An annotation that is a span of text, in characters as the platform counts them.
 *
 * @example
 * ```ts
 * import type { TextSpanAnnotation } from 'labelrelay/worker';
 *
 * const textSpanAnnotation: TextSpanAnnotation = {
 *   name: 'cat',
 *   kind: 'text-span',
 *   start: 4,
 *   end: 7,
 *   text: 'cat',
 *   classifications: [],
 * };
 * console.log(textSpanAnnotation.name); // cat
 * ```
 */
export interface TextSpanAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'text-span';
  /** The index of the first character. */
  start?: number;
  /** The index of the first character after the span. */
  end?: number;
  /** The text of the span. */
  text?: string;
  /** The element in which `start` counts: an XPath, or the index of a paragraph. */
  startPath?: unknown;
  /** The element in which `end` counts: an XPath, or the index of a paragraph. */
  endPath?: unknown;
  /** The tokens, as the platform sent them. */
  tokens?: Array<unknown>;
  /** The parts of a span over several pages of a document. */
  parts?: Array<{
    /** The page, as the platform counts. */
    page?: number;
    /** The text of this part. */
    text?: string;
    /** The tokens, as the platform sent them. */
    tokens?: Array<unknown>;
  }>;
}

/**
 * An annotation that is a span of time of a sound, video or series.
 *
 * @example
 * ```ts
 * import type { TimeSpanAnnotation } from 'labelrelay/worker';
 *
 * const timeSpanAnnotation: TimeSpanAnnotation = {
 *   name: 'cat',
 *   kind: 'time-span',
 *   start: 1.5,
 *   end: 4,
 *   unit: 's',
 *   classifications: [],
 * };
 * console.log(timeSpanAnnotation.name); // cat
 * ```
 */
export interface TimeSpanAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'time-span';
  /** The start in `unit`, such as `s` or `frame`. */
  start?: unknown;
  /** The end in `unit`, such as `s` or `frame`. */
  end?: unknown;
  /** The `[start, end]` of each of several spans, in `unit`. */
  ranges?: Array<[unknown, unknown]>;
  /** The channel of a sound. */
  channel?: number;
}

/**
 * An annotation that is an object on several frames of a video.
 *
 * @example
 * ```ts
 * import type { VideoTrackAnnotation } from 'labelrelay/worker';
 *
 * const videoTrackAnnotation: VideoTrackAnnotation = {
 *   name: 'cat',
 *   kind: 'video-track',
 *   keyframes: [{ frame: 1, kind: 'bbox', bbox: [10, 20, 300, 150] }],
 *   segments: [[1, 30]],
 *   classifications: [],
 * };
 * console.log(videoTrackAnnotation.name); // cat
 * ```
 */
export interface VideoTrackAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'video-track';
  /** The frames for which the platform has a geometry. */
  keyframes: Array<Keyframe>;
  /** The first and the last frame of each segment, both included. */
  segments?: Array<[number, number]>;
}

/**
 * One frame of a track. `kind` names its geometry.
 *
 * @example
 * ```ts
 * import type { Keyframe } from 'labelrelay/worker';
 *
 * const keyframe: Keyframe = { frame: 12, kind: 'bbox', bbox: [10, 20, 300, 150] };
 * console.log(keyframe.frame); // 12
 * ```
 */
export type Keyframe = BboxKeyframe | PolygonKeyframe | PolylineKeyframe | PointKeyframe | EllipseKeyframe | MaskKeyframe | OtherKeyframe;

/**
 * One frame of a track: a box, which may be rotated.
 *
 * @example
 * ```ts
 * import type { BboxKeyframe } from 'labelrelay/worker';
 *
 * const bboxKeyframe: BboxKeyframe = { frame: 12, kind: 'bbox', bbox: [10, 20, 300, 150] };
 * console.log(bboxKeyframe.frame); // 12
 * ```
 */
export interface BboxKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'bbox';
  /** `[left, top, width, height]` in pixels. For a rotated box it is the upright box around `corners`. */
  bbox: [number, number, number, number];
  /** Degrees clockwise. */
  rotation?: number;
  /** The corners `[x, y]` of a rotated box in pixels, clockwise, along its width first. */
  corners?: [[number, number], [number, number], [number, number], [number, number]];
}

/**
 * One frame of a track: a closed polygon.
 *
 * @example
 * ```ts
 * import type { PolygonKeyframe } from 'labelrelay/worker';
 *
 * const polygonKeyframe: PolygonKeyframe = { frame: 12, kind: 'polygon', points: [[10, 20], [310, 20], [160, 170]] };
 * console.log(polygonKeyframe.frame); // 12
 * ```
 */
export interface PolygonKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'polygon';
  /** The corners `[x, y]` in pixels. The first one is not repeated at the end. */
  points: Array<[number, number]>;
}

/**
 * One frame of a track: a line of several points.
 *
 * @example
 * ```ts
 * import type { PolylineKeyframe } from 'labelrelay/worker';
 *
 * const polylineKeyframe: PolylineKeyframe = { frame: 12, kind: 'polyline', points: [[10, 20], [310, 20]] };
 * console.log(polylineKeyframe.frame); // 12
 * ```
 */
export interface PolylineKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'polyline';
  /** The points `[x, y]` in pixels, from one end to the other. */
  points: Array<[number, number]>;
}

/**
 * One frame of a track: a point.
 *
 * @example
 * ```ts
 * import type { PointKeyframe } from 'labelrelay/worker';
 *
 * const pointKeyframe: PointKeyframe = { frame: 12, kind: 'point', point: [160, 95] };
 * console.log(pointKeyframe.frame); // 12
 * ```
 */
export interface PointKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'point';
  /** `[x, y]` in pixels. */
  point: [number, number];
}

/**
 * One frame of a track: an ellipse.
 *
 * @example
 * ```ts
 * import type { EllipseKeyframe } from 'labelrelay/worker';
 *
 * const ellipseKeyframe: EllipseKeyframe = { frame: 12, kind: 'ellipse', center: [160, 95], radii: [150, 75] };
 * console.log(ellipseKeyframe.frame); // 12
 * ```
 */
export interface EllipseKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'ellipse';
  /** `[x, y]` in pixels. */
  center: [number, number];
  /** `[horizontal, vertical]` in pixels, before the rotation. */
  radii: [number, number];
  /** Degrees clockwise. */
  rotation?: number;
}

/**
 * One frame of a track: a mask of pixels.
 *
 * @example
 * ```ts
 * import type { MaskKeyframe } from 'labelrelay/worker';
 *
 * const maskKeyframe: MaskKeyframe = { frame: 12, kind: 'mask', rle: { size: [2, 3], counts: [2, 3, 1] } };
 * console.log(maskKeyframe.frame); // 12
 * ```
 */
export interface MaskKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'mask';
  /** The address of an image of the mask. */
  uri?: string;
  /** The color of the mask in that image: red, green and blue from 0 to 255. */
  colorRgb?: Array<number>;
  /** The pixels of the mask as COCO's uncompressed run lengths. */
  rle?: {
    /** `[height, width]` in pixels. */
    size: [number, number];
    /** The lengths of runs in pixels, column by column, the first one outside the mask. */
    counts: Array<number>;
  };
}

/**
 * One frame of a track: a geometry of an unknown kind.
 *
 * @example
 * ```ts
 * import type { OtherKeyframe } from 'labelrelay/worker';
 *
 * const otherKeyframe: OtherKeyframe = { frame: 12, kind: 'other', native: { cuboid: { depth: 5 } } };
 * console.log(otherKeyframe.frame); // 12
 * ```
 */
export interface OtherKeyframe {
  /** The number of the frame, as the platform counts. */
  frame?: number;
  /** The time of the frame in seconds from the start. */
  time?: number;
  /** Whether the object is visible from this frame on. */
  enabled?: boolean;
  /** Whether the platform interpolated this frame. */
  interpolated?: boolean;
  /** The group of frames, such as a view of a DICOM volume. */
  group?: string;
  /** The answers about the object on this frame. */
  classifications?: Array<Classification>;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'other';
  /** The geometry as the platform sent it. */
  native: unknown;
}

/**
 * An annotation that is a box on a page of a document, or several.
 *
 * @example
 * ```ts
 * import type { DocumentBoxAnnotation } from 'labelrelay/worker';
 *
 * const documentBoxAnnotation: DocumentBoxAnnotation = {
 *   name: 'cat',
 *   kind: 'document-box',
 *   page: 1,
 *   bbox: [72, 144, 200, 20],
 *   unit: 'POINTS',
 *   classifications: [],
 * };
 * console.log(documentBoxAnnotation.name); // cat
 * ```
 */
export interface DocumentBoxAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'document-box';
  /** `[left, top, width, height]` on `page`, in `unit`, else in pixels. */
  bbox?: [number, number, number, number];
  /** The boxes, if there are several. */
  boxes?: Array<{
    /** The page, as the platform counts. */
    page?: number;
    /** `[left, top, width, height]` in `unit`, else in pixels. */
    bbox: [number, number, number, number];
  }>;
}

/**
 * An annotation that is a GeoJSON geometry on a map, in degrees.
 *
 * @example
 * ```ts
 * import type { GeoAnnotation } from 'labelrelay/worker';
 *
 * const geoAnnotation: GeoAnnotation = {
 *   name: 'cat',
 *   kind: 'geo',
 *   geometry: { type: 'Point', coordinates: [13.4, 52.5] },
 *   classifications: [],
 * };
 * console.log(geoAnnotation.name); // cat
 * ```
 */
export interface GeoAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'geo';
  /** A GeoJSON geometry: longitude before latitude, in degrees. */
  geometry: {
    /** The type of the GeoJSON geometry, such as `Point`. */
    type: string;
    /** Degrees: longitude before latitude. */
    coordinates?: Array<unknown>;
    /** The parts of a `GeometryCollection`. */
    geometries?: Array<unknown>;
  };
}

/**
 * An annotation that is a geometry of an unknown kind.
 *
 * @example
 * ```ts
 * import type { OtherAnnotation } from 'labelrelay/worker';
 *
 * const otherAnnotation: OtherAnnotation = {
 *   name: 'cat',
 *   kind: 'other',
 *   native: { cuboid: { depth: 5 } },
 *   classifications: [],
 * };
 * console.log(otherAnnotation.name); // cat
 * ```
 */
export interface OtherAnnotation {
  /** The id of the annotation within its label. */
  id?: string;
  /** The class. If there are several classes, it is the first. */
  name?: string;
  /** All classes, if there are several. */
  names?: Array<string>;
  /** The name of the class for programs, if it differs. */
  value?: string;
  /** The id of the class in Labelbox's ontology. */
  schemaId?: string;
  /** The answers about this annotation. */
  classifications: Array<Classification>;
  /** The color in which the platform shows it. */
  color?: string;
  /** The confidence of a prediction. */
  score?: number;
  /** Its origin, such as `manual` or `prediction`. */
  origin?: string;
  /** The page of a document, as the platform counts. */
  page?: number;
  /** The frame of a video, as the platform counts. */
  frame?: number;
  /** The `id` of the annotation that this one is a part of. */
  parentId?: string;
  /** The picture of a task with several, as an index of the media's `items`, from 0. */
  itemIndex?: number;
  /** The rotation of the image while it was labeled, in degrees. */
  imageRotation?: number;
  /** The message of a conversation. */
  messageId?: string;
  /** The annotated object of the task, by its name in the project's config. */
  target?: string;
  /** The tag of the project's config that offers the classes, by its name. */
  control?: string;
  /**
   * The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as
   * the platform names it.
   */
  unit?: string;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
  /** The kind of the geometry. */
  kind: 'other';
  /** The geometry as the platform sent it. */
  native: unknown;
}

/**
 * A relation between two annotations of a label, named by their ids.
 *
 * @example
 * ```ts
 * import type { Relationship } from 'labelrelay/worker';
 *
 * const relationship: Relationship = { from: 'rider-1', to: 'horse-1', direction: 'right', labels: ['rides'] };
 * console.log(relationship.from); // rider-1
 * ```
 */
export interface Relationship {
  /** The id of the relation. */
  id?: string;
  /** The `id` of the first annotation. */
  from: string;
  /** The `id` of the second annotation. */
  to: string;
  /** The direction, as the platform names it. */
  direction?: string;
  /** The names of the relation. */
  labels?: Array<string>;
  /** Members that are not understood, as they were received, by the platform's names. */
  other?: Record<string, unknown>;
}

/**
 * The `data` of an event about labels. It has all labels that the subject has now.
 *
 * @example
 * ```ts
 * import type { LabelData } from 'labelrelay/worker';
 *
 * const labelData: LabelData = {
 *   platform: 'label-studio',
 *   event: 'ANNOTATION_CREATED',
 *   project: { id: '42', name: 'Cats' },
 *   dataRow: { id: '7', content: { image: 'https://example.com/cat.jpg' } },
 *   labels: [
 *     {
 *       id: '9',
 *       annotations: [
 *         {
 *           name: 'cat',
 *           kind: 'bbox',
 *           bbox: [10, 20, 300, 150],
 *           classifications: [],
 *         },
 *       ],
 *       classifications: [],
 *     },
 *   ],
 * };
 * console.log(labelData.platform); // label-studio
 * ```
 */
export interface LabelData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The project, with its classes if they are known. */
  project?: LabeledProject;
  /** The dataset of the data row in Labelbox. */
  dataset?: Named;
  /** The labeled thing. */
  dataRow?: DataRow;
  /** The state of the data row in the workflow. */
  workflow?: Workflow;
  /** All labels that the subject has now. */
  labels?: Array<Label>;
}

/**
 * The `data` of an event about a review of a label.
 *
 * @example
 * ```ts
 * import type { ReviewData } from 'labelrelay/worker';
 *
 * const reviewData: ReviewData = {
 *   platform: 'labelbox',
 *   event: 'REVIEW_CREATED',
 *   label: { id: 'a' },
 *   review: { id: 'r', score: 1, createdBy: { email: 'bob@example.com' } },
 * };
 * console.log(reviewData.platform); // labelbox
 * ```
 */
export interface ReviewData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The project. */
  project?: Named;
  /** The dataset of the data row in Labelbox. */
  dataset?: Named;
  /** The labeled thing. */
  dataRow?: DataRow;
  /** The reviewed label, as far as the platform sends it. */
  label?: Label;
  /** The review. */
  review?: {
    /** The id of the review. */
    id?: string;
    /** The score, as the platform gives it. */
    score?: number;
    /** The time of its creation. */
    createdAt?: Time;
    /** The time of its last change. */
    updatedAt?: Time;
    /** Whether the review was deleted. */
    deleted?: boolean;
    /** The reviewer. */
    createdBy?: Person;
  };
}

/**
 * The `data` of an event about a data row that moved in the workflow of its project.
 *
 * @example
 * ```ts
 * import type { WorkflowActionData } from 'labelrelay/worker';
 *
 * const workflowActionData: WorkflowActionData = {
 *   platform: 'labelbox',
 *   project: { id: 'p' },
 *   dataRow: { id: 'd' },
 *   workflow: {
 *     action: 'APPROVE',
 *     to: { name: 'Done' },
 *     timestamp: '2026-01-01T12:00:00Z',
 *   },
 * };
 * console.log(workflowActionData.platform); // labelbox
 * ```
 */
export interface WorkflowActionData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The organization. */
  organization?: {
    /** The id on the platform. */
    id?: string;
  };
  /** The project. */
  project?: {
    /** The id on the platform. */
    id?: string;
  };
  /** The data row that moved. */
  dataRow: {
    /** The id on the platform. */
    id?: string;
  };
  /** The action. */
  workflow: {
    /** The action, as the platform names it. */
    action?: string;
    /** The id of the user who did it. */
    actorId?: string;
    /** The step or state before. */
    from?: Named;
    /** The step or state now. Without an id, the data row is done. */
    to?: Named;
    /** The time of the action. */
    timestamp?: Time;
  };
}

/**
 * The `data` of an event about a model that somebody asked to be trained.
 *
 * @example
 * ```ts
 * import type { TrainingRequestedData } from 'labelrelay/worker';
 *
 * const trainingRequestedData: TrainingRequestedData = {
 *   platform: 'labelbox',
 *   training: { modelId: 'm', modelRunId: 'r', modelType: 'example-model' },
 * };
 * console.log(trainingRequestedData.platform); // labelbox
 * ```
 */
export interface TrainingRequestedData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The project. */
  project?: Named;
  /** The model to train. */
  training?: {
    /** The id of the model. */
    modelId?: string;
    /** The id of the model run. */
    modelRunId?: string;
    /** The type of the model, as it was asked for. */
    modelType?: string;
  };
}

/**
 * The `data` of an event about a task that was added or removed.
 *
 * @example
 * ```ts
 * import type { TaskData } from 'labelrelay/worker';
 *
 * const taskData: TaskData = {
 *   platform: 'label-studio',
 *   event: 'TASKS_CREATED',
 *   project: { id: '42' },
 *   task: { id: '7', content: { image: 'https://example.com/cat.jpg' }, overlap: 1 },
 * };
 * console.log(taskData.platform); // label-studio
 * ```
 */
export interface TaskData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The project. */
  project?: {
    /** The id on the platform. */
    id?: string;
    /** The name on the platform. */
    name?: string;
    /** The platform's counts of the project. */
    counts?: Counts;
  };
  /** The task. */
  task?: {
    /** The id of the task. */
    id?: string;
    /** A URL or the customer's own data, as the platform gives it. */
    content?: unknown;
    /** The time of its creation. */
    createdAt?: Time;
    /** The time of its last change. */
    updatedAt?: Time;
    /** Whether the platform counts it as labeled. */
    labeled?: boolean;
    /** The number of labels that it needs. */
    overlap?: number;
  };
}

/**
 * The `data` of an event about a project.
 *
 * @example
 * ```ts
 * import type { ProjectData } from 'labelrelay/worker';
 *
 * const projectData: ProjectData = {
 *   platform: 'label-studio',
 *   event: 'PROJECT_CREATED',
 *   project: { id: '42', name: 'Cats', createdAt: '2026-01-01T12:00:00Z' },
 * };
 * console.log(projectData.platform); // label-studio
 * ```
 */
export interface ProjectData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /** The project. */
  project?: {
    /** The id on the platform. */
    id?: string;
    /** The name on the platform. */
    name?: string;
    /** The description of the project. */
    description?: string;
    /** The time of its creation. */
    createdAt?: Time;
    /** The time of its last change. */
    updatedAt?: Time;
    /** The platform's counts of the project. */
    counts?: Counts;
  };
}

/**
 * The `data` of an event that tells that a task or a data row became done.
 *
 * @example
 * ```ts
 * import type { TaskCompletedData } from 'labelrelay/worker';
 *
 * const taskCompletedData: TaskCompletedData = {
 *   platform: 'label-studio',
 *   project: { id: '42', name: 'Cats' },
 *   task: { id: '7' },
 *   completedAt: '2026-01-01T12:00:00.000000Z',
 * };
 * console.log(taskCompletedData.platform); // label-studio
 * ```
 */
export interface TaskCompletedData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The project. */
  project?: Named;
  /** The task in Label Studio. */
  task?: Named;
  /** The data row in Labelbox. */
  dataRow?: Named;
  /** When it became done, by the platform's clock. */
  completedAt: Time;
}

/**
 * The `data` of an event that tells that all tasks of a project became done.
 *
 * @example
 * ```ts
 * import type { ProjectCompletedData } from 'labelrelay/worker';
 *
 * const projectCompletedData: ProjectCompletedData = {
 *   platform: 'label-studio',
 *   project: { id: '42', name: 'Cats' },
 *   tasks: 120,
 *   completedAt: '2026-01-01T12:00:00.000000Z',
 * };
 * console.log(projectCompletedData.platform); // label-studio
 * ```
 */
export interface ProjectCompletedData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The project. */
  project?: Named;
  /** The number of its tasks, all of which are done. */
  tasks: number;
  /** When it became done, by the platform's clock. */
  completedAt: Time;
}

/**
 * The `data` of an event that tells that a rule has fired.
 *
 * @example
 * ```ts
 * import type { MilestoneReachedData } from 'labelrelay/worker';
 *
 * const milestoneReachedData: MilestoneReachedData = {
 *   platform: 'label-studio',
 *   rule: 'retrain',
 *   reason: 'count',
 *   source: 'label-studio',
 *   project: { id: '42' },
 *   subjects: 500,
 *   firstAt: '2026-01-01T12:00:00.000Z',
 *   lastAt: '2026-01-01T14:00:00.000Z',
 *   epoch: 1,
 * };
 * console.log(milestoneReachedData.platform); // label-studio
 * ```
 */
export interface MilestoneReachedData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The name of the rule. */
  rule: string;
  /** The condition that was met, or `manual` if a person fired the rule. */
  reason: 'count' | 'quiet' | 'max' | 'manual';
  /** The configured name of the source. */
  source: string;
  /** The project, if the rule counts by project. */
  project?: Named;
  /** The number of different subjects that changed since the rule last fired. */
  subjects: number;
  /** When the first of these changes was counted. */
  firstAt: Time;
  /** When the last of these changes was counted. */
  lastAt: Time;
  /** How often the rule has fired for the source or project, from 1. */
  epoch: number;
}

/**
 * The `data` of an event that holds an authentic delivery that was not understood.
 *
 * @example
 * ```ts
 * import type { UnrecognizedData } from 'labelrelay/worker';
 *
 * const unrecognizedData: UnrecognizedData = { platform: 'labelbox', reason: 'unknown-event', native: { hello: 'world' } };
 * console.log(unrecognizedData.platform); // labelbox
 * ```
 */
export interface UnrecognizedData {
  /** The name of the platform, such as `labelbox`. */
  platform: string;
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event?: string;
  /** The platform's payload as it was received, without its secrets. */
  native?: unknown;
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref?: string;
  /** The SHA-256 of the bytes at that address. */
  nativedigest?: string;
  /**
   * The reason for which the delivery was not understood: `unknown-event` if the name of the event is
   * unknown or fits no topic, `not-understood` if the name is known and the body lacks what the topic
   * needs.
   */
  reason: 'unknown-event' | 'event-contradicts-body' | 'not-understood' | 'too-deep' | 'too-large';
  /** The address of the bytes if they are not in the event: `s3://bucket/key`. */
  raw?: string;
}

/**
 * The members of an event beside its `data`.
 *
 * @example
 * ```ts
 * import type { Attributes } from 'labelrelay/worker';
 *
 * const attributes: Attributes = {
 *   specversion: '1.0',
 *   id: '193b32280b92d03a445ba44232030e9a',
 *   source: '/label-studio',
 *   type: 'labelrelay.label.created',
 *   subject: 'label/9',
 *   time: '2026-01-01T12:00:00Z',
 *   sequence: '2026-01-01T12:00:00.000000Z/2026-01-01T12:00:00.000000Z-0',
 *   recordedtime: '2026-01-01T12:00:01.000Z',
 *   partitionkey: 'label-studio/42',
 *   datacontenttype: 'application/json',
 *   dataschema: 'urn:labelrelay:schema:labelrelay.label.created:1',
 * };
 * console.log(attributes.specversion); // 1.0
 * ```
 */
export interface Attributes {
  /** The version of CloudEvents. */
  specversion: '1.0';
  /** The id of the event, which is the same in repeated deliveries. */
  id: string;
  /** The configured source of the delivery, after a slash. */
  source: string;
  /** The topic: `labelrelay.<topic>`. */
  type: `labelrelay.${Topic}`;
  /** The object whose events `sequence` orders. */
  subject?: string;
  /** The time of the change by the platform's clock, or else of the receipt. */
  time: Time;
  /** Orders the events of one source and subject: compare sequence, then id, as strings. */
  sequence?: string;
  /** The time of the receipt, or of the recovery. */
  recordedtime: Time;
  /** True if the platform did not send the event, but a comparison with it found the change. */
  recovered?: true;
  /** The project: `<source>/<project id>`, or `<source>` without one. */
  partitionkey: string;
  /** The platform's own id of the delivery. It is not trusted. */
  deliveryid?: string;
  /** The W3C trace context of the delivery, if there is one. It is not trusted. */
  traceparent?: string;
  /** The media type of `data`. */
  datacontenttype: 'application/json';
  /** The `$id` of the JSON Schema of `data`. */
  dataschema: string;
}

/**
 * The members of an event whose `data` is in S3, in the place of `data`.
 *
 * @example
 * ```ts
 * import type { ClaimCheck } from 'labelrelay/worker';
 *
 * const claimCheck: ClaimCheck = {
 *   dataref: 's3://labelrelay-prod/data/2026/01/01/a',
 *   datadigest: 'sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a',
 * };
 * console.log(claimCheck.dataref); // s3://labelrelay-prod/data/2026/01/01/a
 * ```
 */
export interface ClaimCheck {
  /** The address of `data` if it is too large for the message. */
  dataref: string;
  /** The digest of the bytes at `dataref`. */
  datadigest: string;
}

interface DataByTopic {
  'label.created': LabelData;
  'label.updated': LabelData;
  'label.deleted': LabelData;
  'review.created': ReviewData;
  'review.updated': ReviewData;
  'review.deleted': ReviewData;
  'workflow.action': WorkflowActionData;
  'training.requested': TrainingRequestedData;
  'task.created': TaskData;
  'task.deleted': TaskData;
  'project.created': ProjectData;
  'project.updated': ProjectData;
  'project.deleted': ProjectData;
  'task.completed': TaskCompletedData;
  'project.completed': ProjectCompletedData;
  'milestone.reached': MilestoneReachedData;
  'unrecognized': UnrecognizedData;
}

/**
 * The data of an event of one topic.
 *
 * @example
 * ```ts
 * import type { DataOf } from 'labelrelay/worker';
 *
 * const data: DataOf<'task.deleted'> = { platform: 'label-studio', task: { id: '7' } };
 * console.log(data.task?.id); // 7
 * ```
 */
export type DataOf<T extends Topic> = DataByTopic[T];
/** The data of an event that a platform sends. */
export type EventData = DataByTopic[Exclude<Topic, DerivedTopic>];
