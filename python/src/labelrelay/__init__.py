"""Workers for the events of labelrelay: in the right order, exactly once in effect, from SQS."""

from labelrelay import models
from labelrelay.data import DataStore, S3Data
from labelrelay.decode import AnyEvent, decode_event
from labelrelay.dynamo_marks import dynamo_marks
from labelrelay.dynamo_values import dynamo_values
from labelrelay.errors import LabelrelayError, Poison, RetryLater, UnknownVersion, Wait
from labelrelay.failure import Failure, OnError
from labelrelay.guard import Change, Context, Guard, Verdict
from labelrelay.handle_message import Message, Queue, handle_message
from labelrelay.hold_back import hold_back
from labelrelay.in_order import in_order
from labelrelay.keep_newest import SKIP, Kept, Result, Values, keep_newest
from labelrelay.lambda_handler import lambda_handler
from labelrelay.marks import Claim, Lease, Marks
from labelrelay.models import *  # noqa: F403
from labelrelay.poll import poll
from labelrelay.position import Position
from labelrelay.sqs_queue import SqsQueue
from labelrelay.worker import Worker

__all__ = [
    "SKIP",
    "AnyEvent",
    "Change",
    "Claim",
    "Context",
    "DataStore",
    "Failure",
    "Guard",
    "Kept",
    "LabelrelayError",
    "Lease",
    "Marks",
    "Message",
    "OnError",
    "Poison",
    "Position",
    "Queue",
    "Result",
    "RetryLater",
    "S3Data",
    "SqsQueue",
    "UnknownVersion",
    "Values",
    "Verdict",
    "Wait",
    "Worker",
    "decode_event",
    "dynamo_marks",
    "dynamo_values",
    "handle_message",
    "hold_back",
    "in_order",
    "keep_newest",
    "lambda_handler",
    "poll",
]
__all__ += models.__all__
