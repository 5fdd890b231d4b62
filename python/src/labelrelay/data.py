"""The data of large events, which is in S3."""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from labelrelay.aws import aws_client
from labelrelay.errors import Poison, RetryLater

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from labelrelay.models import ClaimCheck

MAX_WAIT_SECONDS = 5 * 60
"""Missing data is retried until the event is this old. The tries of a message take longer."""
# Without the permission to list the bucket, S3 answers AccessDenied for a missing object.
_MISSING = ("NoSuchKey", "AccessDenied")


class DataStore(Protocol):
    """The store of data that is too large for a message."""

    @property
    def bucket(self) -> str | None:
        """The name of the bucket. A claim check in another one is refused, unless it is None."""

    def get(self, bucket: str, key: str) -> bytes | None:
        """The bytes of an object; None if no object has the key."""


class S3Data:
    """Reads the data of large events. The role of the worker needs `s3:GetObject` on `data/*`.

    The bucket is that of the deployment: its output `BucketName`. Without it, it is
    `LABELRELAY_BUCKET` of the environment, and else the one that each event names.
    """

    def __init__(self, bucket: str | None = None, client: S3Client | None = None) -> None:
        self.bucket = bucket or os.environ.get("LABELRELAY_BUCKET") or None
        self._client = client

    def get(self, bucket: str, key: str) -> bytes | None:
        self._client = self._client or aws_client("s3")
        try:
            return self._client.get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise


def fetch_data(event: ClaimCheck, store: DataStore) -> bytes:
    """The data that belongs to a claim check.

    Raises `Poison` if it is in another bucket, or if it is missing or altered and the event is
    old; `RetryLater` if it is missing or altered and the event is young.
    """
    bucket, _, key = event.dataref.removeprefix("s3://").partition("/")
    if not bucket or not key or store.bucket not in (None, bucket):
        expected = f"the bucket {store.bucket}" if store.bucket else "a bucket"
        raise Poison(f"expected data in {expected}, got another place")
    found = store.get(bucket, key)
    if found is not None and event.datadigest == f"sha256:{hashlib.sha256(found).hexdigest()}":
        return found
    came = "none" if found is None else "other bytes"
    message = f"expected data with the digest of the event, got {came}"
    # Times are all UTC, and compare as text.
    oldest = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - MAX_WAIT_SECONDS))
    raise RetryLater(message) if event.recordedtime > oldest else Poison(message)
