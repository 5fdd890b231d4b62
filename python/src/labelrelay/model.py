"""The base of all models of events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

Number: TypeAlias = int | float
"""A number of JSON, as it was written: 5 stays an `int`."""


def _follow_json(schema: Any) -> None:
    """Makes validation as strict as the JSON Schemas.

    A member may be absent, and then it is `None` here. But null is refused. A tuple is an array
    in JSON, and so a list.
    """
    if isinstance(schema, list):
        for each in schema:
            _follow_json(each)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "default" and schema["schema"].get("type") == "nullable":
        schema["schema"] = schema["schema"]["schema"]
    if schema.get("type") == "tuple":
        schema["strict"] = False
    for key, each in schema.items():
        if key not in ("cls", "metadata", "config"):
            _follow_json(each)


class Model(BaseModel):
    """A JSON object. Its members have Python's names: `createdAt` is `created_at`.

    A member that the platform did not send is `None`. Members that this version does not know
    are kept in `model_extra`. `model_dump(by_alias=True, exclude_unset=True)` gives the JSON
    object back.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        allow_inf_nan=False,
        extra="allow",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        protected_namespaces=(),
        strict=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _follow_json(schema)
        return schema


class EventModel(Model):
    """The attributes of an event of any topic."""

    if TYPE_CHECKING:
        type: str
        sequence: str | None

    def to_json(self) -> str:
        """The event as a message has it, in ASCII."""
        return json.dumps(self.model_dump(by_alias=True, exclude_unset=True))

    @property
    def topic(self) -> str:
        """The topic, such as `label.created`."""
        return self.type.removeprefix("labelrelay.")

    @property
    def is_gone(self) -> bool:
        """Whether the subject no longer exists.

        After a `label.deleted` of a Labelbox v2 data row it still exists: the event lists the
        remaining labels.
        """
        return (self.sequence or "").endswith("-2")
