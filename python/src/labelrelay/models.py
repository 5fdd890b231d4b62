"""The events of labelrelay and their data, as docs/schemas has them.

`npm run schemas` generates this file: do not edit it.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import Field

from labelrelay.model import EventModel, Model, Number

Data = TypeVar("Data")


__all__ = [
    "Annotation",
    "AnnotationBase",
    "Answer",
    "Attributes",
    "BboxAnnotation",
    "BboxKeyframe",
    "ClaimCheck",
    "Classification",
    "Counts",
    "DataRow",
    "DataRowMetadata",
    "DocumentBoxAnnotation",
    "DocumentBoxBox",
    "EVENTS",
    "EllipseAnnotation",
    "EllipseKeyframe",
    "Event",
    "GeoAnnotation",
    "GeoGeometry",
    "Keyframe",
    "KeyframeBase",
    "Label",
    "LabelCreated",
    "LabelData",
    "LabelDeleted",
    "LabelEvent",
    "LabelUpdated",
    "LabeledProject",
    "LabeledProjectClass",
    "LabeledProjectTarget",
    "MaskAnnotation",
    "MaskKeyframe",
    "MaskRle",
    "Media",
    "MediaItem",
    "Named",
    "Organization",
    "OtherAnnotation",
    "OtherKeyframe",
    "Person",
    "PointAnnotation",
    "PointKeyframe",
    "PolygonAnnotation",
    "PolygonKeyframe",
    "PolylineAnnotation",
    "PolylineKeyframe",
    "Project",
    "ProjectCreated",
    "ProjectData",
    "ProjectDeleted",
    "ProjectEvent",
    "ProjectProject",
    "ProjectUpdated",
    "Relationship",
    "Review",
    "ReviewCreated",
    "ReviewData",
    "ReviewDeleted",
    "ReviewEvent",
    "ReviewUpdated",
    "Task",
    "TaskCreated",
    "TaskData",
    "TaskDeleted",
    "TaskEvent",
    "TextSpanAnnotation",
    "TextSpanPart",
    "Time",
    "TimeSpanAnnotation",
    "Training",
    "TrainingRequested",
    "TrainingRequestedData",
    "Unrecognized",
    "UnrecognizedData",
    "VideoTrackAnnotation",
    "Workflow",
    "WorkflowAction",
    "WorkflowActionData",
    "WorkflowActionWorkflow",
]


Time: TypeAlias = Annotated[str, Field(pattern=r"^(?:(?:[0-9][0-9][2468][048]|[0-9][0-9][13579][26]|[0-9][0-9]0[48]|[02468][048]00|[13579][26]00)-02-29|[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|(?:02)-(?:0[1-9]|1[0-9]|2[0-8])))T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z))$")]


class Attributes(EventModel):
    """The members of every event beside its `data`."""

    specversion: Literal["1.0"]
    id: Annotated[str, Field(min_length=1)]
    """The id of the event, which is the same in repeated deliveries."""
    source: Annotated[str, Field(pattern=r"^/[a-z0-9-]{1,32}$")]
    """`/<source>`"""
    subject: str | None = None
    """The object whose events `sequence` orders."""
    time: Time
    """The time of the change by the platform's clock, or else of the receipt."""
    sequence: Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{6}Z/)?[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{6}Z-[012]$")] | None = None
    """Orders the events of one source and subject: compare sequence, then id, as strings."""
    recordedtime: Time
    """The time of the receipt, or of the recovery."""
    recovered: Literal[True] | None = None
    """True if the platform did not send the event, but a comparison with it found the change."""
    partitionkey: str
    """`<source>/<project id>`, or `<source>`."""
    deliveryid: str | None = None
    """The platform's own id of the delivery. It is not trusted."""
    traceparent: str | None = None
    """The W3C trace context of the delivery, if there is one. It is not trusted."""
    datacontenttype: Literal["application/json"]
    dataschema: str
    type: str


class ClaimCheck(Attributes):
    """An event whose data is in S3."""

    dataref: Annotated[str, Field(pattern=r"^s3://")]
    """The address of `data` if it is too large for the message."""
    datadigest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """The digest of the bytes at `dataref`."""


class LabeledProject(Model):
    """See `LabeledProject` in docs/schemas."""

    id: str | None = None
    name: str | None = None
    classes: list[LabeledProjectClass] | None = None
    targets: list[LabeledProjectTarget] | None = None
    counts: Counts | None = None


class LabeledProjectClass(Model):
    """See `LabeledProjectClass` in docs/schemas."""

    name: str
    id: str | None = None
    control: str | None = None
    color: str | None = None


class LabeledProjectTarget(Model):
    """See `LabeledProjectTarget` in docs/schemas."""

    name: str
    kind: str | None = None
    value: str | None = None


class Counts(Model):
    """See `Counts` in docs/schemas."""

    tasks: Number | None = None
    finished_tasks: Number | None = None
    annotations: Number | None = None
    skipped: Number | None = None
    predictions: Number | None = None
    ground_truth: Number | None = None


class Named(Model):
    """See `Named` in docs/schemas."""

    id: str | None = None
    name: str | None = None


class DataRow(Model):
    """See `DataRow` in docs/schemas."""

    id: str | None = None
    external_id: str | None = None
    global_key: str | None = None
    content: Any | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    labeled: bool | None = None
    overlap: Number | None = None
    media: Media | None = None
    metadata: list[DataRowMetadata] | None = None


class DataRowMetadata(Model):
    """See `DataRowMetadata` in docs/schemas."""

    name: str | None = None
    value: Any | None = None
    id: str | None = None


class Media(Model):
    """See `Media` in docs/schemas."""

    type: str | None = None
    mime_type: str | None = None
    width: Number | None = None
    height: Number | None = None
    frame_rate: Number | None = None
    frame_count: Number | None = None
    duration: Number | None = None
    pages: Number | None = None
    items: list[MediaItem] | None = None


class MediaItem(Model):
    """See `MediaItem` in docs/schemas."""

    index: Number
    width: Number | None = None
    height: Number | None = None


class Workflow(Model):
    """See `Workflow` in docs/schemas."""

    status: str | None = None
    changed_at: Time | None = None


class Label(Model):
    """See `Label` in docs/schemas."""

    id: str | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    deleted: bool | None = None
    skipped: bool | None = None
    seconds_to_label: Number | None = None
    created_by: Person | None = None
    agreement: Number | None = None
    benchmark_agreement: Number | None = None
    ground_truth: bool | None = None
    kind: str | None = None
    frames_uri: str | None = None
    annotations: list[Annotation] | None = None
    classifications: list[Classification] | None = None
    relationships: list[Relationship] | None = None
    other: dict[str, Any] | None = None


class Person(Model):
    """See `Person` in docs/schemas."""

    id: str | None = None
    email: str | None = None


class AnnotationBase(Model):
    """The members of every Annotation."""

    id: str | None = None
    name: str | None = None
    names: list[str] | None = None
    value: str | None = None
    schema_id: str | None = None
    classifications: list[Classification]
    color: str | None = None
    score: Number | None = None
    origin: str | None = None
    page: Number | None = None
    frame: Number | None = None
    parent_id: str | None = None
    item_index: Number | None = None
    image_rotation: Number | None = None
    message_id: str | None = None
    target: str | None = None
    control: str | None = None
    unit: str | None = None
    other: dict[str, Any] | None = None


class BboxAnnotation(AnnotationBase):
    """The annotation of kind `bbox`."""

    kind: Literal["bbox"]
    bbox: tuple[Number, Number, Number, Number]
    rotation: Number | None = None
    corners: tuple[tuple[Number, Number], tuple[Number, Number], tuple[Number, Number], tuple[Number, Number]] | None = None


class PolygonAnnotation(AnnotationBase):
    """The annotation of kind `polygon`."""

    kind: Literal["polygon"]
    points: list[tuple[Number, Number]]


class PolylineAnnotation(AnnotationBase):
    """The annotation of kind `polyline`."""

    kind: Literal["polyline"]
    points: list[tuple[Number, Number]]


class PointAnnotation(AnnotationBase):
    """The annotation of kind `point`."""

    kind: Literal["point"]
    point: tuple[Number, Number]


class EllipseAnnotation(AnnotationBase):
    """The annotation of kind `ellipse`."""

    kind: Literal["ellipse"]
    center: tuple[Number, Number]
    radii: tuple[Number, Number]
    rotation: Number | None = None


class MaskAnnotation(AnnotationBase):
    """The annotation of kind `mask`."""

    kind: Literal["mask"]
    uri: str | None = None
    color_rgb: list[Number] | None = None
    rle: MaskRle | None = None


class MaskRle(Model):
    """See `MaskRle` in docs/schemas."""

    size: tuple[Number, Number]
    counts: list[Number]


class TextSpanAnnotation(AnnotationBase):
    """The annotation of kind `text-span`."""

    kind: Literal["text-span"]
    start: Number | None = None
    end: Number | None = None
    text: str | None = None
    start_path: Number | str | None = None
    end_path: Number | str | None = None
    tokens: list[Any] | None = None
    parts: list[TextSpanPart] | None = None


class TextSpanPart(Model):
    """See `TextSpanPart` in docs/schemas."""

    page: Number | None = None
    text: str | None = None
    tokens: list[Any] | None = None


class TimeSpanAnnotation(AnnotationBase):
    """The annotation of kind `time-span`."""

    kind: Literal["time-span"]
    start: Number | str | None = None
    end: Number | str | None = None
    ranges: list[tuple[Number | str, Number | str]] | None = None
    channel: Number | None = None


class VideoTrackAnnotation(AnnotationBase):
    """The annotation of kind `video-track`."""

    kind: Literal["video-track"]
    keyframes: list[Keyframe]
    segments: list[tuple[Number, Number]] | None = None


class DocumentBoxAnnotation(AnnotationBase):
    """The annotation of kind `document-box`."""

    kind: Literal["document-box"]
    bbox: tuple[Number, Number, Number, Number] | None = None
    boxes: list[DocumentBoxBox] | None = None


class DocumentBoxBox(Model):
    """See `DocumentBoxBox` in docs/schemas."""

    page: Number | None = None
    bbox: tuple[Number, Number, Number, Number]


class GeoAnnotation(AnnotationBase):
    """The annotation of kind `geo`."""

    kind: Literal["geo"]
    geometry: GeoGeometry
    """A GeoJSON position: longitude before latitude."""


class GeoGeometry(Model):
    """A GeoJSON position: longitude before latitude."""

    type: str
    coordinates: list[Any] | None = None
    geometries: list[Any] | None = None


class OtherAnnotation(AnnotationBase):
    """The annotation of kind `other`."""

    kind: Literal["other"]
    native: Any


Annotation: TypeAlias = Annotated[
    BboxAnnotation
    | PolygonAnnotation
    | PolylineAnnotation
    | PointAnnotation
    | EllipseAnnotation
    | MaskAnnotation
    | TextSpanAnnotation
    | TimeSpanAnnotation
    | VideoTrackAnnotation
    | DocumentBoxAnnotation
    | GeoAnnotation
    | OtherAnnotation,
    Field(discriminator="kind"),
]


class Classification(Model):
    """See `Classification` in docs/schemas."""

    id: str | None = None
    name: str | None = None
    value: str | None = None
    schema_id: str | None = None
    type: Literal["radio", "checklist", "text", "number", "rating", "taxonomy", "datetime", "ranking", "pairwise", "other"]
    answers: list[Answer] | None = None
    text: str | None = None
    number: Number | None = None
    rating: Number | None = None
    datetime: str | None = None
    selected: str | None = None
    ranking: Any | None = None
    frame: Number | None = None
    ranges: list[tuple[Number, Number]] | None = None
    unit: str | None = None
    group: str | None = None
    item_index: Number | None = None
    message_id: str | None = None
    target: str | None = None
    native: Any | None = None
    other: dict[str, Any] | None = None


class Answer(Model):
    """See `Answer` in docs/schemas."""

    id: str | None = None
    name: str | None = None
    value: str | None = None
    schema_id: str | None = None
    path: list[str] | None = None
    classifications: list[Classification] | None = None
    other: dict[str, Any] | None = None


class KeyframeBase(Model):
    """The members of every Keyframe."""

    frame: Number | None = None
    time: Number | None = None
    enabled: bool | None = None
    interpolated: bool | None = None
    group: str | None = None
    classifications: list[Classification] | None = None
    unit: str | None = None
    other: dict[str, Any] | None = None


class BboxKeyframe(KeyframeBase):
    """The keyframe of kind `bbox`."""

    kind: Literal["bbox"]
    bbox: tuple[Number, Number, Number, Number]
    rotation: Number | None = None
    corners: tuple[tuple[Number, Number], tuple[Number, Number], tuple[Number, Number], tuple[Number, Number]] | None = None


class PolygonKeyframe(KeyframeBase):
    """The keyframe of kind `polygon`."""

    kind: Literal["polygon"]
    points: list[tuple[Number, Number]]


class PolylineKeyframe(KeyframeBase):
    """The keyframe of kind `polyline`."""

    kind: Literal["polyline"]
    points: list[tuple[Number, Number]]


class PointKeyframe(KeyframeBase):
    """The keyframe of kind `point`."""

    kind: Literal["point"]
    point: tuple[Number, Number]


class EllipseKeyframe(KeyframeBase):
    """The keyframe of kind `ellipse`."""

    kind: Literal["ellipse"]
    center: tuple[Number, Number]
    radii: tuple[Number, Number]
    rotation: Number | None = None


class MaskKeyframe(KeyframeBase):
    """The keyframe of kind `mask`."""

    kind: Literal["mask"]
    uri: str | None = None
    color_rgb: list[Number] | None = None
    rle: MaskRle | None = None


class OtherKeyframe(KeyframeBase):
    """The keyframe of kind `other`."""

    kind: Literal["other"]
    native: Any


Keyframe: TypeAlias = Annotated[
    BboxKeyframe
    | PolygonKeyframe
    | PolylineKeyframe
    | PointKeyframe
    | EllipseKeyframe
    | MaskKeyframe
    | OtherKeyframe,
    Field(discriminator="kind"),
]


class Relationship(Model):
    """See `Relationship` in docs/schemas."""

    id: str | None = None
    from_: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    direction: str | None = None
    labels: list[str] | None = None
    other: dict[str, Any] | None = None


class LabelData(Model):
    """The `data` of `label.created`, `label.updated` and `label.deleted`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    project: LabeledProject | None = None
    dataset: Named | None = None
    data_row: DataRow | None = None
    workflow: Workflow | None = None
    labels: list[Label] | None = None


class ReviewData(Model):
    """The `data` of `review.created`, `review.updated` and `review.deleted`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    project: Named | None = None
    dataset: Named | None = None
    data_row: DataRow | None = None
    label: Label | None = None
    review: Review | None = None


class Review(Model):
    """See `Review` in docs/schemas."""

    id: str | None = None
    score: Number | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    deleted: bool | None = None
    created_by: Person | None = None


class WorkflowActionData(Model):
    """The `data` of `workflow.action`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    organization: Organization | None = None
    project: Organization | None = None
    data_row: Organization
    workflow: WorkflowActionWorkflow


class Organization(Model):
    """See `Organization` in docs/schemas."""

    id: str | None = None


class WorkflowActionWorkflow(Model):
    """See `WorkflowActionWorkflow` in docs/schemas."""

    action: str | None = None
    actor_id: str | None = None
    from_: Named | None = Field(default=None, validation_alias="from", serialization_alias="from")
    to: Named | None = None
    timestamp: Time | None = None


class TrainingRequestedData(Model):
    """The `data` of `training.requested`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    project: Named | None = None
    training: Training | None = None


class Training(Model):
    """See `Training` in docs/schemas."""

    model_id: str | None = None
    model_run_id: str | None = None
    model_type: str | None = None


class TaskData(Model):
    """The `data` of `task.created` and `task.deleted`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    project: Project | None = None
    task: Task | None = None


class Project(Model):
    """See `Project` in docs/schemas."""

    id: str | None = None
    name: str | None = None
    counts: Counts | None = None


class Task(Model):
    """See `Task` in docs/schemas."""

    id: str | None = None
    content: Any | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    labeled: bool | None = None
    overlap: Number | None = None


class ProjectData(Model):
    """The `data` of `project.created`, `project.updated` and `project.deleted`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    project: ProjectProject | None = None


class ProjectProject(Model):
    """See `ProjectProject` in docs/schemas."""

    id: str | None = None
    name: str | None = None
    description: str | None = None
    created_at: Time | None = None
    updated_at: Time | None = None
    counts: Counts | None = None


class UnrecognizedData(Model):
    """The `data` of `unrecognized`."""

    platform: str
    event: str | None = None
    native: Any | None = None
    nativeref: str | None = None
    nativedigest: str | None = None
    reason: Literal["unknown-event", "event-contradicts-body", "not-understood", "too-deep", "too-large"]
    raw: str | None = None


class Event(Attributes, Generic[Data]):
    """An event. Its `data` is present, even if it travelled as a claim check."""

    data: Data


class LabelEvent(Event[LabelData]):
    """An event of label.created, label.updated or label.deleted."""


class LabelCreated(LabelEvent):
    """An event of label.created."""

    type: Literal["labelrelay.label.created"]


class LabelUpdated(LabelEvent):
    """An event of label.updated."""

    type: Literal["labelrelay.label.updated"]


class LabelDeleted(LabelEvent):
    """An event of label.deleted."""

    type: Literal["labelrelay.label.deleted"]


class ReviewEvent(Event[ReviewData]):
    """An event of review.created, review.updated or review.deleted."""


class ReviewCreated(ReviewEvent):
    """An event of review.created."""

    type: Literal["labelrelay.review.created"]


class ReviewUpdated(ReviewEvent):
    """An event of review.updated."""

    type: Literal["labelrelay.review.updated"]


class ReviewDeleted(ReviewEvent):
    """An event of review.deleted."""

    type: Literal["labelrelay.review.deleted"]


class WorkflowAction(Event[WorkflowActionData]):
    """An event of workflow.action."""

    type: Literal["labelrelay.workflow.action"]


class TrainingRequested(Event[TrainingRequestedData]):
    """An event of training.requested."""

    type: Literal["labelrelay.training.requested"]


class TaskEvent(Event[TaskData]):
    """An event of task.created or task.deleted."""


class TaskCreated(TaskEvent):
    """An event of task.created."""

    type: Literal["labelrelay.task.created"]


class TaskDeleted(TaskEvent):
    """An event of task.deleted."""

    type: Literal["labelrelay.task.deleted"]


class ProjectEvent(Event[ProjectData]):
    """An event of project.created, project.updated or project.deleted."""


class ProjectCreated(ProjectEvent):
    """An event of project.created."""

    type: Literal["labelrelay.project.created"]


class ProjectUpdated(ProjectEvent):
    """An event of project.updated."""

    type: Literal["labelrelay.project.updated"]


class ProjectDeleted(ProjectEvent):
    """An event of project.deleted."""

    type: Literal["labelrelay.project.deleted"]


class Unrecognized(Event[UnrecognizedData]):
    """An event of unrecognized."""

    type: Literal["labelrelay.unrecognized"]


EVENTS: dict[str, type[Event[Any]]] = {
    "label.created": LabelCreated,
    "label.updated": LabelUpdated,
    "label.deleted": LabelDeleted,
    "review.created": ReviewCreated,
    "review.updated": ReviewUpdated,
    "review.deleted": ReviewDeleted,
    "workflow.action": WorkflowAction,
    "training.requested": TrainingRequested,
    "task.created": TaskCreated,
    "task.deleted": TaskDeleted,
    "project.created": ProjectCreated,
    "project.updated": ProjectUpdated,
    "project.deleted": ProjectDeleted,
    "unrecognized": Unrecognized,
}
"""The class of the events of each topic."""
