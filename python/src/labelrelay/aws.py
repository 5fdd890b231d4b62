"""Clients of AWS, and of the servers that `npm start` runs on a laptop."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, Literal, overload
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

# As many calls at once as a poller of several queues makes.
_POOL_SIZE = 100
_LOCAL = ("127.0.0.1", "localhost", "::1")
_LOCK = threading.Lock()


@overload
def aws_client(service: Literal["dynamodb"]) -> DynamoDBClient: ...
@overload
def aws_client(service: Literal["s3"]) -> S3Client: ...
@overload
def aws_client(service: Literal["sqs"]) -> SQSClient: ...
def aws_client(service: str) -> Any:
    """A client as boto3 makes it of the environment.

    The region may also be in `AWS_REGION`, as on Lambda. Where `AWS_ENDPOINT_URL` or the
    endpoint of the service is on this machine, no region and no credentials are needed, and no
    proxy is used.
    """
    region = os.environ.get("AWS_REGION")
    endpoint = os.environ.get(f"AWS_ENDPOINT_URL_{service.upper()}")
    options: dict[str, Any] = {"max_pool_connections": _POOL_SIZE}
    given: dict[str, Any] = {}
    if is_local(endpoint or os.environ.get("AWS_ENDPOINT_URL")):
        options |= {"proxies": {}, "s3": {"addressing_style": "path"}}
        region = region or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        if "AWS_ACCESS_KEY_ID" not in os.environ:
            given = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
    with _LOCK:  # Making a client is not safe in threads, unlike using it.
        session = boto3.session.Session(region_name=region)
        return session.client(service, config=Config(**options), **given)  # type: ignore[call-overload]


def is_local(endpoint: str | None) -> bool:
    """Whether an endpoint is on this machine."""
    return endpoint is not None and urlsplit(endpoint).hostname in _LOCAL
