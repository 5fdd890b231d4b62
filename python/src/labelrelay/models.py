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
    "MilestoneReached",
    "MilestoneReachedData",
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
    "ProjectCompleted",
    "ProjectCompletedData",
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
    "TaskCompleted",
    "TaskCompletedData",
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
    """The members of an event beside its `data`. Example: `{"specversion": "1.0", "id":
    "193b32280b92d03a445ba44232030e9a", "source": "/label-studio", "type":
    "labelrelay.label.created", "subject": "label/9", "time": "2026-01-01T12:00:00Z", "sequence":
    "2026-01-01T12:00:00.000000Z/2026-01-01T12:00:00.000000Z-0", "recordedtime":
    "2026-01-01T12:00:01.000Z", "partitionkey": "label-studio/42", "datacontenttype":
    "application/json", "dataschema": "urn:labelrelay:schema:labelrelay.label.created:1"}`.
    """

    specversion: Literal["1.0"]
    """The version of CloudEvents."""
    id: Annotated[str, Field(min_length=1)]
    """The id of the event, which is the same in repeated deliveries."""
    source: Annotated[str, Field(pattern=r"^/[a-z0-9-]{1,32}$")]
    """The configured source of the delivery, after a slash."""
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
    """The project: `<source>/<project id>`, or `<source>` without one."""
    deliveryid: str | None = None
    """The platform's own id of the delivery. It is not trusted."""
    traceparent: str | None = None
    """The W3C trace context of the delivery, if there is one. It is not trusted."""
    datacontenttype: Literal["application/json"]
    """The media type of `data`."""
    dataschema: str
    """The `$id` of the JSON Schema of `data`."""
    type: str
    """The topic: `labelrelay.<topic>`."""


class ClaimCheck(Attributes):
    """The members of an event whose `data` is in S3, in the place of `data`. Example:
    `{"dataref": "s3://labelrelay-prod/data/2026/01/01/a", "datadigest":
    "sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"}`.
    """

    dataref: Annotated[str, Field(pattern=r"^s3://")]
    """The address of `data` if it is too large for the message."""
    datadigest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """The digest of the bytes at `dataref`."""


class Counts(Model):
    """The platform's counts of a project at the time of the event. Example: `{"tasks": 100,
    "finishedTasks": 40, "annotations": 44, "skipped": 2}`.
    """

    tasks: Number | None = None
    """The number of tasks."""
    finished_tasks: Number | None = None
    """The number of tasks that are labeled."""
    annotations: Number | None = None
    """The number of labels."""
    skipped: Number | None = None
    """The number of skipped labels."""
    predictions: Number | None = None
    """The number of predictions."""
    ground_truth: Number | None = None
    """The number of labels marked as ground truth."""


class LabeledProject(Model):
    """The project of a label, with the parts of its config that training needs. Example: `{"id":
    "42", "name": "Cats", "classes": [{"name": "cat", "control": "box"}], "targets": [{"name":
    "image", "kind": "Image", "value": "$image"}]}`.
    """

    id: str | None = None
    """The id on the platform."""
    name: str | None = None
    """The name on the platform."""
    classes: list[LabeledProjectClass] | None = None
    """The classes in the project's config."""
    targets: list[LabeledProjectTarget] | None = None
    """The objects that are labeled."""
    counts: Counts | None = None
    """The platform's counts of the project."""


class LabeledProjectClass(Model):
    """A class in a project's config."""

    name: str
    """The name of the class."""
    id: str | None = None
    """The id of the class."""
    control: str | None = None
    """The tag of the config that offers the class, by its name."""
    color: str | None = None
    """The color in which the platform shows it."""


class LabeledProjectTarget(Model):
    """An object that is labeled, as a project's config names it."""

    name: str
    """The name of the object, such as `image`."""
    kind: str | None = None
    """The kind of the object, such as `Image`."""
    value: str | None = None
    """Its place in the task's data, such as `$image`."""


class Named(Model):
    """A thing of the platform, such as a project, by its id and its name. Example: `{"id": "42",
    "name": "Cats"}`.
    """

    id: str | None = None
    """The id on the platform."""
    name: str | None = None
    """The name on the platform."""


class Media(Model):
    """The properties of the image, video, sound or document. Example: `{"mimeType":
    "image/jpeg", "width": 1920, "height": 1080}`.
    """

    type: str | None = None
    """The type, as the platform names it, such as `image`."""
    mime_type: str | None = None
    """The MIME type."""
    width: Number | None = None
    """The width in pixels."""
    height: Number | None = None
    """The height in pixels."""
    frame_rate: Number | None = None
    """The frames per second."""
    frame_count: Number | None = None
    """The number of frames."""
    duration: Number | None = None
    """The duration in seconds."""
    pages: Number | None = None
    """The number of pages."""
    items: list[MediaItem] | None = None
    """The images of a task with several images."""


class MediaItem(Model):
    """An image of a task with several images."""

    index: Number
    """The index of the image, from 0."""
    width: Number | None = None
    """The width in pixels."""
    height: Number | None = None
    """The height in pixels."""


class DataRow(Model):
    """The labeled thing, such as an image: a data row of Labelbox, or a task of Label Studio.
    Example: `{"id": "7", "content": {"image": "https://example.com/cat.jpg"}, "labeled": true}`.
    """

    id: str | None = None
    """The id of the data row or task."""
    external_id: str | None = None
    """The customer's own id."""
    global_key: str | None = None
    """The customer's own id, unique in Labelbox."""
    content: Any | None = None
    """A URL or the customer's own data, as the platform gives it."""
    created_at: Time | None = None
    """The time of its creation."""
    updated_at: Time | None = None
    """The time of its last change."""
    labeled: bool | None = None
    """Whether the platform counts it as labeled."""
    overlap: Number | None = None
    """The number of labels that it needs."""
    media: Media | None = None
    """Its size, length and the like."""
    metadata: list[DataRowMetadata] | None = None
    """The metadata of the data row in Labelbox."""


class DataRowMetadata(Model):
    """A field of metadata."""

    name: str | None = None
    """The name of the field."""
    value: Any | None = None
    """Its value."""
    id: str | None = None
    """The id of the field in Labelbox."""


class Workflow(Model):
    """The state of a data row in the workflow of its project. Example: `{"status": "IN_REVIEW",
    "changedAt": "2026-01-01T12:00:00Z"}`.
    """

    status: str | None = None
    """The status, as the platform names it. `DONE` is done."""
    changed_at: Time | None = None
    """The time of its last change."""


class Label(Model):
    """The annotations and answers of one annotator for one data row. Example: `{"id": "9",
    "createdAt": "2026-01-01T12:00:00Z", "createdBy": {"email": "ann@example.com"},
    "annotations": [{"name": "cat", "kind": "bbox", "bbox": [10, 20, 300, 150],
    "classifications": []}], "classifications": []}`.
    """

    id: str | None = None
    """The id of the label."""
    created_at: Time | None = None
    """The time of its creation."""
    updated_at: Time | None = None
    """The time of its last change."""
    deleted: bool | None = None
    """Whether the label was deleted."""
    skipped: bool | None = None
    """Whether the annotator skipped the data row. `annotations` may have older work."""
    seconds_to_label: Number | None = None
    """The time spent on the label, in seconds."""
    created_by: Person | None = None
    """The annotator."""
    agreement: Number | None = None
    """The agreement with other labels, as Labelbox scores it."""
    benchmark_agreement: Number | None = None
    """The agreement with the benchmark label, as Labelbox scores it."""
    ground_truth: bool | None = None
    """Whether the label is marked as ground truth."""
    kind: str | None = None
    """The platform's own kind of label, such as `Default` or `Video`."""
    frames_uri: str | None = None
    """The address of the frames of a video."""
    annotations: list[Annotation] | None = None
    """The marked objects."""
    classifications: list[Classification] | None = None
    """The answers about the whole data row."""
    relationships: list[Relationship] | None = None
    """Relations between annotations."""
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class Person(Model):
    """A user of the platform. Example: `{"id": "7", "email": "ann@example.com"}`."""

    id: str | None = None
    """The id of the person on the platform."""
    email: str | None = None
    """The email address."""


class AnnotationBase(Model):
    """The members of every Annotation."""

    id: str | None = None
    """The id of the annotation within its label."""
    name: str | None = None
    """The class. If there are several classes, it is the first."""
    names: list[str] | None = None
    """All classes, if there are several."""
    value: str | None = None
    """The name of the class for programs, if it differs."""
    schema_id: str | None = None
    """The id of the class in Labelbox's ontology."""
    classifications: list[Classification]
    """The answers about this annotation."""
    color: str | None = None
    """The color in which the platform shows it."""
    score: Number | None = None
    """The confidence of a prediction."""
    origin: str | None = None
    """Its origin, such as `manual` or `prediction`."""
    page: Number | None = None
    """The page of a document, as the platform counts."""
    frame: Number | None = None
    """The frame of a video, as the platform counts."""
    parent_id: str | None = None
    """The `id` of the annotation that this one is a part of."""
    item_index: Number | None = None
    """The picture of a task with several, as an index of the media's `items`, from 0."""
    image_rotation: Number | None = None
    """The rotation of the image while it was labeled, in degrees."""
    message_id: str | None = None
    """The message of a conversation."""
    target: str | None = None
    """The annotated object of the task, by its name in the project's config."""
    control: str | None = None
    """The tag of the project's config that offers the classes, by its name."""
    unit: str | None = None
    """The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to
    1, or as the platform names it.
    """
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class BboxAnnotation(AnnotationBase):
    """An annotation that is a box, which may be rotated. Example: `{"name": "cat", "kind":
    "bbox", "bbox": [10, 20, 300, 150], "classifications": []}`.
    """

    kind: Literal["bbox"]
    """The kind of the geometry."""
    bbox: tuple[Number, Number, Number, Number]
    """`[left, top, width, height]` in pixels. For a rotated box it is the upright box around
    `corners`.
    """
    rotation: Number | None = None
    """Degrees clockwise."""
    corners: tuple[tuple[Number, Number], tuple[Number, Number], tuple[Number, Number], tuple[Number, Number]] | None = None
    """The corners `[x, y]` of a rotated box in pixels, clockwise, along its width first."""


class PolygonAnnotation(AnnotationBase):
    """An annotation that is a closed polygon. Example: `{"name": "cat", "kind": "polygon",
    "points": [[10, 20], [310, 20], [160, 170]], "classifications": []}`.
    """

    kind: Literal["polygon"]
    """The kind of the geometry."""
    points: list[tuple[Number, Number]]
    """The corners `[x, y]` in pixels. The first one is not repeated at the end."""


class PolylineAnnotation(AnnotationBase):
    """An annotation that is a line of several points. Example: `{"name": "cat", "kind":
    "polyline", "points": [[10, 20], [310, 20]], "classifications": []}`.
    """

    kind: Literal["polyline"]
    """The kind of the geometry."""
    points: list[tuple[Number, Number]]
    """The points `[x, y]` in pixels, from one end to the other."""


class PointAnnotation(AnnotationBase):
    """An annotation that is a point. Example: `{"name": "cat", "kind": "point", "point": [160,
    95], "classifications": []}`.
    """

    kind: Literal["point"]
    """The kind of the geometry."""
    point: tuple[Number, Number]
    """`[x, y]` in pixels."""


class EllipseAnnotation(AnnotationBase):
    """An annotation that is an ellipse. Example: `{"name": "cat", "kind": "ellipse", "center":
    [160, 95], "radii": [150, 75], "classifications": []}`.
    """

    kind: Literal["ellipse"]
    """The kind of the geometry."""
    center: tuple[Number, Number]
    """`[x, y]` in pixels."""
    radii: tuple[Number, Number]
    """`[horizontal, vertical]` in pixels, before the rotation."""
    rotation: Number | None = None
    """Degrees clockwise."""


class MaskAnnotation(AnnotationBase):
    """An annotation that is a mask of pixels. Example: `{"name": "cat", "kind": "mask", "rle":
    {"size": [2, 3], "counts": [2, 3, 1]}, "classifications": []}`.
    """

    kind: Literal["mask"]
    """The kind of the geometry."""
    uri: str | None = None
    """The address of an image of the mask."""
    color_rgb: list[Number] | None = None
    """The color of the mask in that image: red, green and blue from 0 to 255."""
    rle: MaskRle | None = None
    """The pixels of the mask as COCO's uncompressed run lengths."""


class MaskRle(Model):
    """The pixels of the mask as COCO's uncompressed run lengths."""

    size: tuple[Number, Number]
    """`[height, width]` in pixels."""
    counts: list[Number]
    """The lengths of runs in pixels, column by column, the first one outside the mask."""


class TextSpanAnnotation(AnnotationBase):
    """An annotation that is a span of text, in characters as the platform counts them. Example:
    `{"name": "cat", "kind": "text-span", "start": 4, "end": 7, "text": "cat", "classifications":
    []}`.
    """

    kind: Literal["text-span"]
    """The kind of the geometry."""
    start: Number | None = None
    """The index of the first character."""
    end: Number | None = None
    """The index of the first character after the span."""
    text: str | None = None
    """The text of the span."""
    start_path: Number | str | None = None
    """The element in which `start` counts: an XPath, or the index of a paragraph."""
    end_path: Number | str | None = None
    """The element in which `end` counts: an XPath, or the index of a paragraph."""
    tokens: list[Any] | None = None
    """The tokens, as the platform sent them."""
    parts: list[TextSpanPart] | None = None
    """The parts of a span over several pages of a document."""


class TextSpanPart(Model):
    """The part of a text span on one page."""

    page: Number | None = None
    """The page, as the platform counts."""
    text: str | None = None
    """The text of this part."""
    tokens: list[Any] | None = None
    """The tokens, as the platform sent them."""


class TimeSpanAnnotation(AnnotationBase):
    """An annotation that is a span of time of a sound, video or series. Example: `{"name":
    "cat", "kind": "time-span", "start": 1.5, "end": 4, "unit": "s", "classifications": []}`.
    """

    kind: Literal["time-span"]
    """The kind of the geometry."""
    start: Number | str | None = None
    """The start in `unit`, such as `s` or `frame`."""
    end: Number | str | None = None
    """The end in `unit`, such as `s` or `frame`."""
    ranges: list[tuple[Number | str, Number | str]] | None = None
    """The `[start, end]` of each of several spans, in `unit`."""
    channel: Number | None = None
    """The channel of a sound."""


class VideoTrackAnnotation(AnnotationBase):
    """An annotation that is an object on several frames of a video. Example: `{"name": "cat",
    "kind": "video-track", "keyframes": [{"frame": 1, "kind": "bbox", "bbox": [10, 20, 300,
    150]}], "segments": [[1, 30]], "classifications": []}`.
    """

    kind: Literal["video-track"]
    """The kind of the geometry."""
    keyframes: list[Keyframe]
    """The frames for which the platform has a geometry."""
    segments: list[tuple[Number, Number]] | None = None
    """The first and the last frame of each segment, both included."""


class DocumentBoxAnnotation(AnnotationBase):
    """An annotation that is a box on a page of a document, or several. Example: `{"name": "cat",
    "kind": "document-box", "page": 1, "bbox": [72, 144, 200, 20], "unit": "POINTS",
    "classifications": []}`.
    """

    kind: Literal["document-box"]
    """The kind of the geometry."""
    bbox: tuple[Number, Number, Number, Number] | None = None
    """`[left, top, width, height]` on `page`, in `unit`, else in pixels."""
    boxes: list[DocumentBoxBox] | None = None
    """The boxes, if there are several."""


class DocumentBoxBox(Model):
    """A box on one page."""

    page: Number | None = None
    """The page, as the platform counts."""
    bbox: tuple[Number, Number, Number, Number]
    """`[left, top, width, height]` in `unit`, else in pixels."""


class GeoAnnotation(AnnotationBase):
    """An annotation that is a GeoJSON geometry on a map, in degrees. Example: `{"name": "cat",
    "kind": "geo", "geometry": {"type": "Point", "coordinates": [13.4, 52.5]}, "classifications":
    []}`.
    """

    kind: Literal["geo"]
    """The kind of the geometry."""
    geometry: GeoGeometry
    """A GeoJSON geometry: longitude before latitude, in degrees."""


class GeoGeometry(Model):
    """A GeoJSON geometry: longitude before latitude, in degrees."""

    type: str
    """The type of the GeoJSON geometry, such as `Point`."""
    coordinates: list[Any] | None = None
    """Degrees: longitude before latitude."""
    geometries: list[Any] | None = None
    """The parts of a `GeometryCollection`."""


class OtherAnnotation(AnnotationBase):
    """An annotation that is a geometry of an unknown kind. Example: `{"name": "cat", "kind":
    "other", "native": {"cuboid": {"depth": 5}}, "classifications": []}`.
    """

    kind: Literal["other"]
    """The kind of the geometry."""
    native: Any
    """The geometry as the platform sent it."""


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
"""An annotation. `kind` names its geometry. Coordinates are pixels from the top left, unless
`unit` names another unit.
"""


class Classification(Model):
    """A question and its answer. Example: `{"name": "Breed", "type": "radio", "answers":
    [{"name": "Tabby", "value": "tabby"}]}`.
    """

    id: str | None = None
    """The id of the answered question."""
    name: str | None = None
    """The name of the question."""
    value: str | None = None
    """The name of the question for programs, if it differs."""
    schema_id: str | None = None
    """The id of the question in Labelbox's ontology."""
    type: Literal["radio", "checklist", "text", "number", "rating", "taxonomy", "datetime", "ranking", "pairwise", "other"]
    """The type of the question. It says which member has the answer."""
    answers: list[Answer] | None = None
    """The selected options."""
    text: str | None = None
    """The text. Several texts are joined by newlines."""
    number: Number | None = None
    """The number."""
    rating: Number | None = None
    """The rating, such as 1 to 5 stars."""
    datetime: str | None = None
    """The date or time, as the platform formats it."""
    selected: str | None = None
    """The preferred one of a pair, `left` or `right`."""
    ranking: Any | None = None
    """The ranking, as the platform sent it."""
    frame: Number | None = None
    """The frame of a video that the answer is about."""
    ranges: list[tuple[Number, Number]] | None = None
    """The ranges that the answer is about, each from its first to its last position."""
    unit: str | None = None
    """The unit of `ranges`: `frame`, with both ends included, or `ms`."""
    group: str | None = None
    """The group of frames that the answer is about."""
    item_index: Number | None = None
    """The picture of a task with several, as an index of the media's `items`, from 0."""
    message_id: str | None = None
    """The message of a conversation."""
    target: str | None = None
    """The object of the task that it is about, by its name in the project's config."""
    native: Any | None = None
    """The answer as it was received, if its type is `other`."""
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class Answer(Model):
    """A selected option of a question. Example: `{"name": "Tabby", "value": "tabby"}`."""

    id: str | None = None
    """The id of the answer."""
    name: str | None = None
    """The name of the option."""
    value: str | None = None
    """The name of the option for programs, if it differs."""
    schema_id: str | None = None
    """The id of the option in Labelbox's ontology."""
    path: list[str] | None = None
    """The options of a taxonomy from its root to this one."""
    classifications: list[Classification] | None = None
    """The questions that come with this option, with their answers."""
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class KeyframeBase(Model):
    """The members of every Keyframe."""

    frame: Number | None = None
    """The number of the frame, as the platform counts."""
    time: Number | None = None
    """The time of the frame in seconds from the start."""
    enabled: bool | None = None
    """Whether the object is visible from this frame on."""
    interpolated: bool | None = None
    """Whether the platform interpolated this frame."""
    group: str | None = None
    """The group of frames, such as a view of a DICOM volume."""
    classifications: list[Classification] | None = None
    """The answers about the object on this frame."""
    unit: str | None = None
    """The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to
    1, or as the platform names it.
    """
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class BboxKeyframe(KeyframeBase):
    """One frame of a track: a box, which may be rotated. Example: `{"frame": 12, "kind": "bbox",
    "bbox": [10, 20, 300, 150]}`.
    """

    kind: Literal["bbox"]
    """The kind of the geometry."""
    bbox: tuple[Number, Number, Number, Number]
    """`[left, top, width, height]` in pixels. For a rotated box it is the upright box around
    `corners`.
    """
    rotation: Number | None = None
    """Degrees clockwise."""
    corners: tuple[tuple[Number, Number], tuple[Number, Number], tuple[Number, Number], tuple[Number, Number]] | None = None
    """The corners `[x, y]` of a rotated box in pixels, clockwise, along its width first."""


class PolygonKeyframe(KeyframeBase):
    """One frame of a track: a closed polygon. Example: `{"frame": 12, "kind": "polygon",
    "points": [[10, 20], [310, 20], [160, 170]]}`.
    """

    kind: Literal["polygon"]
    """The kind of the geometry."""
    points: list[tuple[Number, Number]]
    """The corners `[x, y]` in pixels. The first one is not repeated at the end."""


class PolylineKeyframe(KeyframeBase):
    """One frame of a track: a line of several points. Example: `{"frame": 12, "kind":
    "polyline", "points": [[10, 20], [310, 20]]}`.
    """

    kind: Literal["polyline"]
    """The kind of the geometry."""
    points: list[tuple[Number, Number]]
    """The points `[x, y]` in pixels, from one end to the other."""


class PointKeyframe(KeyframeBase):
    """One frame of a track: a point. Example: `{"frame": 12, "kind": "point", "point": [160,
    95]}`.
    """

    kind: Literal["point"]
    """The kind of the geometry."""
    point: tuple[Number, Number]
    """`[x, y]` in pixels."""


class EllipseKeyframe(KeyframeBase):
    """One frame of a track: an ellipse. Example: `{"frame": 12, "kind": "ellipse", "center":
    [160, 95], "radii": [150, 75]}`.
    """

    kind: Literal["ellipse"]
    """The kind of the geometry."""
    center: tuple[Number, Number]
    """`[x, y]` in pixels."""
    radii: tuple[Number, Number]
    """`[horizontal, vertical]` in pixels, before the rotation."""
    rotation: Number | None = None
    """Degrees clockwise."""


class MaskKeyframe(KeyframeBase):
    """One frame of a track: a mask of pixels. Example: `{"frame": 12, "kind": "mask", "rle":
    {"size": [2, 3], "counts": [2, 3, 1]}}`.
    """

    kind: Literal["mask"]
    """The kind of the geometry."""
    uri: str | None = None
    """The address of an image of the mask."""
    color_rgb: list[Number] | None = None
    """The color of the mask in that image: red, green and blue from 0 to 255."""
    rle: MaskRle | None = None
    """The pixels of the mask as COCO's uncompressed run lengths."""


class OtherKeyframe(KeyframeBase):
    """One frame of a track: a geometry of an unknown kind. Example: `{"frame": 12, "kind":
    "other", "native": {"cuboid": {"depth": 5}}}`.
    """

    kind: Literal["other"]
    """The kind of the geometry."""
    native: Any
    """The geometry as the platform sent it."""


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
"""One frame of a track. `kind` names its geometry."""


class Relationship(Model):
    """A relation between two annotations of a label, named by their ids. Example: `{"from":
    "rider-1", "to": "horse-1", "direction": "right", "labels": ["rides"]}`.
    """

    id: str | None = None
    """The id of the relation."""
    from_: str = Field(validation_alias="from", serialization_alias="from")
    """The `id` of the first annotation."""
    to: str
    """The `id` of the second annotation."""
    direction: str | None = None
    """The direction, as the platform names it."""
    labels: list[str] | None = None
    """The names of the relation."""
    other: dict[str, Any] | None = None
    """Members that are not understood, as they were received, by the platform's names."""


class LabelData(Model):
    """The `data` of an event about labels. It has all labels that the subject has now. Example:
    `{"platform": "label-studio", "event": "ANNOTATION_CREATED", "project": {"id": "42", "name":
    "Cats"}, "dataRow": {"id": "7", "content": {"image": "https://example.com/cat.jpg"}},
    "labels": [{"id": "9", "annotations": [{"name": "cat", "kind": "bbox", "bbox": [10, 20, 300,
    150], "classifications": []}], "classifications": []}]}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    project: LabeledProject | None = None
    """The project, with its classes if they are known."""
    dataset: Named | None = None
    """The dataset of the data row in Labelbox."""
    data_row: DataRow | None = None
    """The labeled thing."""
    workflow: Workflow | None = None
    """The state of the data row in the workflow."""
    labels: list[Label] | None = None
    """All labels that the subject has now."""


class ReviewData(Model):
    """The `data` of an event about a review of a label. Example: `{"platform": "labelbox",
    "event": "REVIEW_CREATED", "label": {"id": "a"}, "review": {"id": "r", "score": 1,
    "createdBy": {"email": "bob@example.com"}}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    project: Named | None = None
    """The project."""
    dataset: Named | None = None
    """The dataset of the data row in Labelbox."""
    data_row: DataRow | None = None
    """The labeled thing."""
    label: Label | None = None
    """The reviewed label, as far as the platform sends it."""
    review: Review | None = None
    """The review."""


class Review(Model):
    """The review."""

    id: str | None = None
    """The id of the review."""
    score: Number | None = None
    """The score, as the platform gives it."""
    created_at: Time | None = None
    """The time of its creation."""
    updated_at: Time | None = None
    """The time of its last change."""
    deleted: bool | None = None
    """Whether the review was deleted."""
    created_by: Person | None = None
    """The reviewer."""


class WorkflowActionData(Model):
    """The `data` of an event about a data row that moved in the workflow of its project.
    Example: `{"platform": "labelbox", "project": {"id": "p"}, "dataRow": {"id": "d"},
    "workflow": {"action": "APPROVE", "to": {"name": "Done"}, "timestamp":
    "2026-01-01T12:00:00Z"}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    organization: Organization | None = None
    """The organization."""
    project: Organization | None = None
    """The project."""
    data_row: Organization
    """The data row that moved."""
    workflow: WorkflowActionWorkflow
    """The action."""


class Organization(Model):
    """The organization."""

    id: str | None = None
    """The id on the platform."""


class WorkflowActionWorkflow(Model):
    """The action."""

    action: str | None = None
    """The action, as the platform names it."""
    actor_id: str | None = None
    """The id of the user who did it."""
    from_: Named | None = Field(default=None, validation_alias="from", serialization_alias="from")
    """The step or state before."""
    to: Named | None = None
    """The step or state now. Without an id, the data row is done."""
    timestamp: Time | None = None
    """The time of the action."""


class TrainingRequestedData(Model):
    """The `data` of an event about a model that somebody asked to be trained. Example:
    `{"platform": "labelbox", "training": {"modelId": "m", "modelRunId": "r", "modelType":
    "example-model"}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    project: Named | None = None
    """The project."""
    training: Training | None = None
    """The model to train."""


class Training(Model):
    """The model to train."""

    model_id: str | None = None
    """The id of the model."""
    model_run_id: str | None = None
    """The id of the model run."""
    model_type: str | None = None
    """The type of the model, as it was asked for."""


class TaskData(Model):
    """The `data` of an event about a task that was added or removed. Example: `{"platform":
    "label-studio", "event": "TASKS_CREATED", "project": {"id": "42"}, "task": {"id": "7",
    "content": {"image": "https://example.com/cat.jpg"}, "overlap": 1}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    project: Project | None = None
    """The project."""
    task: Task | None = None
    """The task."""


class Project(Model):
    """The project."""

    id: str | None = None
    """The id on the platform."""
    name: str | None = None
    """The name on the platform."""
    counts: Counts | None = None
    """The platform's counts of the project."""


class Task(Model):
    """The task."""

    id: str | None = None
    """The id of the task."""
    content: Any | None = None
    """A URL or the customer's own data, as the platform gives it."""
    created_at: Time | None = None
    """The time of its creation."""
    updated_at: Time | None = None
    """The time of its last change."""
    labeled: bool | None = None
    """Whether the platform counts it as labeled."""
    overlap: Number | None = None
    """The number of labels that it needs."""


class ProjectData(Model):
    """The `data` of an event about a project. Example: `{"platform": "label-studio", "event":
    "PROJECT_CREATED", "project": {"id": "42", "name": "Cats", "createdAt":
    "2026-01-01T12:00:00Z"}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    project: ProjectProject | None = None
    """The project."""


class ProjectProject(Model):
    """The project."""

    id: str | None = None
    """The id on the platform."""
    name: str | None = None
    """The name on the platform."""
    description: str | None = None
    """The description of the project."""
    created_at: Time | None = None
    """The time of its creation."""
    updated_at: Time | None = None
    """The time of its last change."""
    counts: Counts | None = None
    """The platform's counts of the project."""


class TaskCompletedData(Model):
    """The `data` of an event that tells that a task or a data row became done. Example:
    `{"platform": "label-studio", "project": {"id": "42", "name": "Cats"}, "task": {"id": "7"},
    "completedAt": "2026-01-01T12:00:00.000000Z"}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    project: Named | None = None
    """The project."""
    task: Named | None = None
    """The task in Label Studio."""
    data_row: Named | None = None
    """The data row in Labelbox."""
    completed_at: Time
    """When it became done, by the platform's clock."""


class ProjectCompletedData(Model):
    """The `data` of an event that tells that all tasks of a project became done. Example:
    `{"platform": "label-studio", "project": {"id": "42", "name": "Cats"}, "tasks": 120,
    "completedAt": "2026-01-01T12:00:00.000000Z"}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    project: Named | None = None
    """The project."""
    tasks: Number
    """The number of its tasks, all of which are done."""
    completed_at: Time
    """When it became done, by the platform's clock."""


class MilestoneReachedData(Model):
    """The `data` of an event that tells that a rule has fired. Example: `{"platform":
    "label-studio", "rule": "retrain", "reason": "count", "source": "label-studio", "project":
    {"id": "42"}, "subjects": 500, "firstAt": "2026-01-01T12:00:00.000Z", "lastAt":
    "2026-01-01T14:00:00.000Z", "epoch": 1}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    rule: str
    """The name of the rule."""
    reason: Literal["count", "quiet", "max", "manual"]
    """The condition that was met, or `manual` if a person fired the rule."""
    source: str
    """The configured name of the source."""
    project: Named | None = None
    """The project, if the rule counts by project."""
    subjects: Number
    """The number of different subjects that changed since the rule last fired."""
    first_at: Time
    """When the first of these changes was counted."""
    last_at: Time
    """When the last of these changes was counted."""
    epoch: Number
    """How often the rule has fired for the source or project, from 1."""


class UnrecognizedData(Model):
    """The `data` of an event that holds an authentic delivery that was not understood. Example:
    `{"platform": "labelbox", "reason": "unknown-event", "native": {"hello": "world"}}`.
    """

    platform: str
    """The name of the platform, such as `labelbox`."""
    event: str | None = None
    """The platform's own name of the event, such as `LABEL_UPDATED`."""
    native: Any | None = None
    """The platform's payload as it was received, without its secrets."""
    nativeref: str | None = None
    """The address of that payload if it is too large for memory: `s3://bucket/key`."""
    nativedigest: str | None = None
    """The SHA-256 of the bytes at that address."""
    reason: Literal["unknown-event", "event-contradicts-body", "not-understood", "too-deep", "too-large"]
    """The reason for which the delivery was not understood: `unknown-event` if the name of the
    event is unknown or fits no topic, `not-understood` if the name is known and the body lacks
    what the topic needs.
    """
    raw: str | None = None
    """The address of the bytes if they are not in the event: `s3://bucket/key`."""


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


class TaskCompleted(Event[TaskCompletedData]):
    """An event of task.completed."""

    type: Literal["labelrelay.task.completed"]


class ProjectCompleted(Event[ProjectCompletedData]):
    """An event of project.completed."""

    type: Literal["labelrelay.project.completed"]


class MilestoneReached(Event[MilestoneReachedData]):
    """An event of milestone.reached."""

    type: Literal["labelrelay.milestone.reached"]


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
    "task.completed": TaskCompleted,
    "project.completed": ProjectCompleted,
    "milestone.reached": MilestoneReached,
    "unrecognized": Unrecognized,
}
"""The class of the events of each topic."""
