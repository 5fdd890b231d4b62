"""AWS for the e2e tests: ministack, made to behave as AWS documents where it does not.

Python: parts of ministack are replaced here before it is served. Each replacement says why.
Each call that a Lambda function makes is judged by the policies of its role, as IAM would, and each
that one of docs/policies makes by that; and printed: `call <who> <action> <resource> allowed|denied`.
"""

import asyncio
import builtins
import copy
import fnmatch
import json
import logging
import os
import re
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, unquote

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack
from ministack.core import lambda_runtime
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import cloudwatch, cloudwatch_logs, dynamodb, eventbridge, iam, lambda_svc, s3, secretsmanager, sqs
from ministack.services.cloudformation import (
    _ACTION_HANDLERS,
    _change_sets,
    _stack_events,
    _stacks,
    changesets,
    handlers,
    helpers,
    provisioners,
    stacks,
)

RESOURCES = provisioners._RESOURCE_HANDLERS


# --- CloudFormation: what it does to a stack ---


def validate_template(params):
    """It takes a TemplateURL too, which `osls deploy` gives."""
    body, error = helpers._resolve_template(params)
    return error or handlers._validate_template({**params, "TemplateBody": [body]})


_ACTION_HANDLERS["ValidateTemplate"] = validate_template


last_event = datetime.now(timezone.utc)


def event_time():
    """No two events of a stack are at the same time: `osls` waits for ever where they are."""
    global last_event
    last_event = max(datetime.now(timezone.utc), last_event + timedelta(microseconds=1))
    return last_event.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


stacks.now_iso = event_time


def attributes_of(physical_id):
    for stack in _stacks.values():
        for resource in stack.get("_resources", {}).values():
            if resource["PhysicalResourceId"] == physical_id:
                return resource["Attributes"]
    return {}


def update_resource(kind, physical_id, old, new, stack_name, update=stacks._update_resource):
    """What did not change is left alone: a queue keeps its messages, an API its address."""
    if old == new:
        return physical_id, attributes_of(physical_id)
    return update(kind, physical_id, old, new, stack_name)


stacks._update_resource = update_resource


def is_retained(resource):
    """Of what is taken out of a template, or removed with its stack."""
    return resource.get("DeletionPolicy", "Delete").startswith("Retain")


#: For each stack that is deployed just now: its template, and the physical ids that it had before.
running = {}


def survives_rollback(physical_id):
    """A deployment that failed deletes what it made, but for what is to be retained always."""
    for stack_name, (template, before) in running.items():
        stack = _stacks[stack_name]
        if "ROLLBACK_IN_PROGRESS" not in stack["StackStatus"]:
            continue
        for logical_id, resource in stack["_resources"].items():
            if resource["PhysicalResourceId"] == physical_id:
                declared = template["Resources"][logical_id]
                return physical_id in before or declared.get("DeletionPolicy") == "Retain"
    return False


def delete_resource(kind, physical_id, props, delete=stacks._delete_resource):
    if survives_rollback(physical_id):
        return
    if kind == "AWS::S3::Bucket" and s3._buckets.get(physical_id, {}).get("objects"):
        raise ValueError(f"The bucket {physical_id} is not empty")
    delete(kind, physical_id, props)


stacks._delete_resource = delete_resource


async def delete_stack(stack_name, stack_id, delete=stacks._delete_stack_async):
    """What is retained stays, change sets go, and what cannot be deleted fails the deletion."""
    stack = _stacks[stack_name]
    declared = stack.get("_template", {}).get("Resources", {})
    for logical_id in list(stack["_resources"]):
        if is_retained(declared.get(logical_id, {})):
            del stack["_resources"][logical_id]
    await delete(stack_name, stack_id)
    for change_set in [id for id, it in _change_sets.items() if it["StackName"] == stack_name]:
        del _change_sets[change_set]
    if any(event["ResourceStatus"] == "DELETE_FAILED" for event in _stack_events[stack_id]):
        stack["StackStatus"] = "DELETE_FAILED"


handlers._delete_stack_async = delete_stack


def describe_stacks(params, describe=handlers._describe_stacks):
    """A stack that was deleted is not found by its name."""
    name = params.get("StackName", [""])[0]
    if _stacks.get(name, {}).get("StackStatus") == "DELETE_COMPLETE":
        return helpers._error("ValidationError", f"Stack with id {name} does not exist")
    return describe(params)


def delete_change_set(params, delete=changesets._delete_change_set):
    """One that is not there is deleted already: AWS deletes what was executed."""
    delete(params)
    return helpers._xml(200, "DeleteChangeSetResponse", "")


_ACTION_HANDLERS["DescribeStacks"] = describe_stacks
_ACTION_HANDLERS["DeleteChangeSet"] = delete_change_set


def refuse_existing(kind, exists):
    """A name that is taken fails the creation: so does what a removed stack left behind."""
    create = RESOURCES[kind]["create"]

    def checked(logical_id, props, stack_name):
        name = exists(props)
        if name:
            raise ValueError(f"{name} already exists")
        return create(logical_id, props, stack_name)

    RESOURCES[kind]["create"] = checked


# --- CloudFormation: what it imports ---


def existing(kind, identifier):
    """The physical id and the attributes of a resource that is there already, or None."""
    account, region = get_account_id(), get_region()
    value = next(iter(identifier.values()))
    if kind == "AWS::SQS::Queue" and set(identifier) == {"QueueUrl"} and value in sqs._queues:
        name = value.rsplit("/", 1)[-1]
        return value, {"Arn": f"arn:aws:sqs:{region}:{account}:{name}", "QueueName": name}
    if kind == "AWS::S3::Bucket" and set(identifier) == {"BucketName"} and value in s3._buckets:
        return value, {"Arn": f"arn:aws:s3:::{value}"}
    if kind == "AWS::DynamoDB::Table" and set(identifier) == {"TableName"}:
        table = dynamodb._tables.get(value)
        return table and (value, {"Arn": table["TableArn"]})
    if kind == "AWS::SecretsManager::Secret" and set(identifier) == {"Id"}:
        arns = [secret["ARN"] for secret in secretsmanager._secrets.values()]
        return (value, {"Arn": value}) if value in arns else None
    return None


#: The resources that the next change set of a stack imports, by the logical id.
imports = {}


def create_change_set(params, create=changesets._create_change_set):
    """A template is small or in S3. An import may neither create nor change any resource."""
    if len(params.get("TemplateBody", [""])[0].encode()) > 51_200:
        return helpers._error("ValidationError", "TemplateBody: at most 51200 bytes")
    if params.get("ChangeSetType") != ["IMPORT"]:
        return create(params)
    stack_name = params["StackName"][0]
    stack = _stacks.get(stack_name, {})
    is_new = stack.get("StackStatus", "DELETE_COMPLETE") in ("DELETE_COMPLETE", "REVIEW_IN_PROGRESS")
    present = {} if is_new else stack["_template"].get("Resources", {})
    body, error = helpers._resolve_template(params)
    if error:
        return error
    declared = json.loads(body)["Resources"]
    told = {}
    for number in range(1, len(declared) + 1):
        member = f"ResourcesToImport.member.{number}"
        if f"{member}.LogicalResourceId" in params:
            key = params[f"{member}.ResourceIdentifier.entry.1.key"][0]
            value = params[f"{member}.ResourceIdentifier.entry.1.value"][0]
            told[params[f"{member}.LogicalResourceId"][0]] = {key: value}
    for name, resource in declared.items():
        if name in present and resource != present[name]:
            return helpers._error("ValidationError", f"{name}: an import cannot change it")
        if name not in present and name not in told:
            return helpers._error("ValidationError", f"{name}: an import cannot create it")
        if name in told and "DeletionPolicy" not in resource:
            return helpers._error("ValidationError", f"{name}: no DeletionPolicy")
    found = {name: existing(declared[name]["Type"], told[name]) for name in told}
    if not all(found.values()):
        return helpers._error("ValidationError", f"{found}: not there")
    kind = "CREATE" if is_new else "UPDATE"
    answer = create({**params, "ChangeSetType": [kind]})
    imports[stack_name] = found
    return answer


def provision_resource(kind, logical_id, props, stack_name, provision=stacks._provision_resource):
    found = imports.get(stack_name, {}).pop(logical_id, None)
    return found or provision(kind, logical_id, props, stack_name)


async def deploy_stack(stack_name, *args, deploy=changesets._deploy_stack_async, **options):
    """What is retained stays. An import has a status of its own, a rolled back update the old template."""
    is_import = stack_name in imports
    template, previous = args[1], options["previous_stack"] or {"_resources": {}, "_template": {}}
    for name, resource in previous["_template"].get("Resources", {}).items():
        if name not in template["Resources"] and is_retained(resource):
            del previous["_resources"][name], _stacks[stack_name]["_resources"][name]
    before = {resource["PhysicalResourceId"] for resource in previous["_resources"].values()}
    running[stack_name] = (template, before)
    await deploy(stack_name, *args, **options)
    del running[stack_name]
    stack = _stacks[stack_name]
    if stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE":
        stack["_template_body"] = json.dumps(stack["_template"])
    if is_import:
        del imports[stack_name]
        if stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            stack["StackStatus"] = "IMPORT_COMPLETE"


_ACTION_HANDLERS["CreateChangeSet"] = create_change_set
stacks._provision_resource = provision_resource
changesets._deploy_stack_async = deploy_stack


# --- CloudFormation: what it makes ---

create_queue = RESOURCES["AWS::SQS::Queue"]["create"]


def make_queue(logical_id, props, stack_name):
    """A queue has the redrive policy that it was given."""
    url, attributes = create_queue(logical_id, props, stack_name)
    set_redrive(url, props)
    return url, attributes


def set_redrive(url, props):
    if "RedrivePolicy" in props:
        sqs._queues[url]["attributes"]["RedrivePolicy"] = json.dumps(props["RedrivePolicy"])


def change_queue(url, old, new, stack_name):
    attributes = sqs._queues[url]["attributes"]
    for name in ("VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod"):
        if name in new:
            attributes[name] = str(new[name])
    set_redrive(url, new)
    return url, attributes_of(url)


RESOURCES["AWS::SQS::Queue"].update(create=make_queue, update=change_queue)

create_function = RESOURCES["AWS::Lambda::Function"]["create"]


def change_function(name, old, new, stack_name):
    """Later calls run the new code with its settings. Calls that run already are finished."""
    before = lambda_svc._functions[name]
    name, attributes = create_function(name, {**new, "FunctionName": name}, stack_name)
    changed = lambda_svc._functions[name]
    parts = {part: value for part, value in changed.items() if part == "config" or part.startswith("code_")}
    lambda_svc._functions[name] = {**before, **parts}
    with lambda_runtime._lock:
        worker = lambda_runtime._workers.pop(f"{name}:$LATEST", None)
    if worker:
        threading.Thread(target=retire, args=[worker], daemon=True).start()
    return name, attributes


def retire(worker):
    """Whoever had been given it may not have begun yet."""
    time.sleep(5)
    with worker._lock:
        worker.kill()


RESOURCES["AWS::Lambda::Function"]["update"] = change_function

create_secret = RESOURCES["AWS::SecretsManager::Secret"]["create"]


def make_secret(logical_id, props, stack_name):
    """A reference to a secret is its ARN, and no punctuation is none."""
    generate = props.get("GenerateSecretString", {})
    if generate.get("ExcludePunctuation"):
        generate = {**generate, "ExcludeCharacters": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
        props = {**props, "GenerateSecretString": generate}
    _, attributes = create_secret(logical_id, props, stack_name)
    return attributes["Arn"], attributes


def delete_secret(arn, props):
    secretsmanager._secrets.pop(props["Name"], None)


RESOURCES["AWS::SecretsManager::Secret"] = {"create": make_secret, "delete": delete_secret}

create_bucket = RESOURCES["AWS::S3::Bucket"]["create"]


def make_bucket(logical_id, props, stack_name):
    """A bucket tells EventBridge of its objects where it shall."""
    name, attributes = create_bucket(logical_id, props, stack_name)
    if "EventBridgeConfiguration" in props.get("NotificationConfiguration", {}):
        s3._bucket_notifications[name] = (
            "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>"
        )
    return name, attributes


RESOURCES["AWS::S3::Bucket"]["create"] = make_bucket


def dispatch_event(event, dispatch=eventbridge._dispatch_event):
    """An object's event is called "Object Created", whatever made it."""
    if event.get("Source") == "aws.s3":
        kind = re.match(r"Object (ObjectCreated|ObjectRemoved)", event["DetailType"])
        name = {"ObjectCreated": "Created", "ObjectRemoved": "Deleted"}.get(kind and kind[1])
        event = {**event, "DetailType": f"Object {name}" if name else event["DetailType"]}
    return dispatch(event)


eventbridge._dispatch_event = dispatch_event


def make_dashboard(logical_id, props, stack_name):
    body = props["DashboardBody"]
    json.loads(body)
    name = props["DashboardName"]
    cloudwatch._dashboards[name] = {
        "DashboardName": name,
        "DashboardBody": body,
        "LastModified": 0,
    }
    return name, {}


# A moment in JSON is a number.
cloudwatch._ts_iso = lambda moment: moment


def get_metric_data(params, data, is_cbor, is_json=False, get=cloudwatch._get_metric_data):
    """Only the values with exactly the dimensions of a query count."""
    stored = cloudwatch._metrics
    results = []
    for query in data["MetricDataQueries"]:
        dimensions = query["MetricStat"]["Metric"].get("Dimensions", [])
        wanted = cloudwatch._dims_key({each["Name"]: each["Value"] for each in dimensions})
        cloudwatch._metrics = {key: points for key, points in stored.items() if key[2] == wanted}
        try:
            one = {**data, "MetricDataQueries": [query]}
            _, _, body = get(params, one, is_cbor=False, is_json=True)
        finally:
            cloudwatch._metrics = stored
        results += json.loads(body)["MetricDataResults"]
    answer = cloudwatch._cbor_ok if is_cbor else cloudwatch._json_ok
    return answer({"MetricDataResults": results})


cloudwatch._get_metric_data = get_metric_data


def delete_dashboard(name, props):
    cloudwatch._dashboards.pop(name, None)


RESOURCES["AWS::CloudWatch::Dashboard"] = {"create": make_dashboard, "delete": delete_dashboard}

def make_metric_filter(logical_id, props, stack_name):
    """Its pattern is checked. Nothing is counted."""
    cloudwatch_logs._compile_filter_pattern(props["FilterPattern"])
    return f"{stack_name}-{logical_id}", {}


RESOURCES["AWS::Logs::MetricFilter"] = {"create": make_metric_filter, "delete": lambda *_: None}

# Calls by a schedule are not tried again here in any case.
RESOURCES["AWS::Lambda::EventInvokeConfig"] = {
    "create": lambda logical_id, props, stack_name: (f"{stack_name}-{logical_id}", {}),
    "delete": lambda *_: None,
}

refuse_existing(
    "AWS::SQS::Queue",
    lambda props: props["QueueName"] in sqs._queue_name_to_url and props["QueueName"],
)
refuse_existing(
    "AWS::SecretsManager::Secret",
    lambda props: props["Name"] in secretsmanager._secrets and props["Name"],
)
refuse_existing(
    "AWS::DynamoDB::Table",
    lambda props: props["TableName"] in dynamodb._tables and props["TableName"],
)
refuse_existing(
    "AWS::S3::Bucket",
    lambda props: props.get("BucketName") in s3._buckets and props["BucketName"],
)


# --- what an operator asks ---

comparison = re.compile(r'\$\.([\w.]+) (!?=) "([^"]*)"')
number = re.compile(r'\$\.([\w.]+) > (\d+)')


def compile_filter_pattern(raw, compile=cloudwatch_logs._compile_filter_pattern):
    """A pattern on fields of JSON, and terms of which any is enough."""
    terms = re.findall(r'\?(?:"([^"]+)"|(\S+))', raw) if raw.startswith("?") else []
    if terms:
        return lambda message: any((quoted or term) in message for quoted, term in terms)
    if not raw.startswith("{ $.") and not raw.startswith("{ ("):
        return compile(raw)
    # What is left of it is Python.
    connected = comparison.sub(
        lambda it: f"is_as(told, {it[1]!r}, {it[3]!r}) is {it[2] == '='}", raw.strip("{} ")
    )
    connected = number.sub(lambda it: f"is_more(told, {it[1]!r}, {it[2]})", connected)
    expression = builtins.compile(connected.replace("&&", "and").replace("||", "or"), raw, "eval")

    def matches(message):
        try:
            return bool(eval(expression, {"told": json.loads(message), "is_as": is_as, "is_more": is_more}))
        except ValueError:
            return False

    return matches


def value_at(told, path):
    for name in path.split("."):
        told = told.get(name) if isinstance(told, dict) else None
    return told


def is_as(told, path, pattern):
    """Whether a field is as the pattern has it; None if it is not there."""
    value = value_at(told, path)
    return None if value is None else fnmatch.fnmatchcase(str(value), pattern)


def is_more(told, path, least):
    value = value_at(told, path)
    return isinstance(value, (int, float)) and value > least


cloudwatch_logs._compile_filter_pattern = compile_filter_pattern

move_tasks = []


def sweep(queue, sweep=sqs._dlq_sweep):
    """What is moved among the dead letters knows where it came from."""
    for message in queue["messages"] if "RedrivePolicy" in queue["attributes"] else []:
        message["origin"] = queue["attributes"]["QueueArn"]
    sweep(queue)


sqs._dlq_sweep = sweep


def start_message_move_task(data, _):
    """Moves all messages of a dead-letter queue at once, to where they came from unless it is told."""
    source, destination = data["SourceArn"], data.get("DestinationArn")
    queues = {queue["attributes"]["QueueArn"]: queue for queue in sqs._queues.values()}
    messages = queues[source]["messages"]
    known = all(destination or "origin" in message for message in messages)
    moved = messages if known else []
    for message in moved:
        target = queues[destination or message["origin"]]
        target["messages"].append({**message, "visible_at": 0, "receive_count": 0})
    queues[source]["messages"] = [] if known else messages
    move_tasks.append(
        {
            "SourceArn": source,
            "Status": "COMPLETED" if known else "FAILED",
            **({} if known else {"FailureReason": "CouldNotDetermineMessageSource"}),
            "ApproximateNumberOfMessagesMoved": len(moved),
            "ApproximateNumberOfMessagesToMove": len(moved),
            "StartedTimestamp": int(datetime.now(timezone.utc).timestamp() * 1000),
        }
    )
    return {"TaskHandle": new_uuid()}


def list_message_move_tasks(data, _):
    return {"Results": [task for task in move_tasks if task["SourceArn"] == data["SourceArn"]]}


sqs._HANDLERS["StartMessageMoveTask"] = start_message_move_task
sqs._HANDLERS["ListMessageMoveTasks"] = list_message_move_tasks


# --- IAM ---


def spawn(worker, start=lambda_runtime.Worker._spawn):
    """A function calls in the name of its role: the role stands as its access key."""
    worker.config = copy.deepcopy(worker.config)
    variables = worker.config.setdefault("Environment", {}).setdefault("Variables", {})
    variables["AWS_ACCESS_KEY_ID"] = worker.config["Role"].rsplit("/", 1)[-1]
    variables["AWS_SECRET_ACCESS_KEY"] = "emulated"
    variables["AWS_SESSION_TOKEN"] = "emulated"
    start(worker)


lambda_runtime.Worker._spawn = spawn

POLICIES = os.path.join(os.path.dirname(__file__), "../../../docs/policies")

#: Whose access key is a person's name may do what that person's policy in the documentation says.
PEOPLE = {
    name.removesuffix(".json"): json.load(open(os.path.join(POLICIES, name)))["Statement"]
    for name in os.listdir(POLICIES)
}

#: Actions whose name is not that of their operation.
BATCHES = {
    "SendMessageBatch": "SendMessage",
    "DeleteMessageBatch": "DeleteMessage",
    "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
}


def actions_of(scope, service, headers, body):
    """What a call does, as IAM names it: pairs of an action and the ARN of what it is on."""
    account, region = get_account_id(), get_region()
    method, path = scope["method"], unquote(scope["path"])
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode(), True).items()}
    target = headers.get("x-amz-target", "").rpartition(".")[2]
    told = json.loads(body) if target else {}
    form = parse_qs(body.decode()) if "x-www-form-urlencoded" in headers.get("content-type", "") else {}
    operation = target or form.get("Action", [path.rpartition("/")[2]])[0]
    arn = f"arn:aws:{service}:{region}:{account}:"
    if service == "sqs":
        return sqs_actions(operation, told, arn)
    if service == "s3":
        return s3_actions(method, path, query, headers, body)
    if service == "secretsmanager":
        return secret_actions(operation, told, arn)
    if service == "cloudformation":
        name = form.get("StackName", form.get("ChangeSetName", [""]))[0]
        name = _change_sets.get(name, {}).get("StackName", name)
        return [(f"cloudformation:{operation}", name if name.startswith("arn:") else f"{arn}stack/{name}/1")]
    if service == "dynamodb":
        table = told.get("TableName") or next(iter(told["RequestItems"]))
        return [(f"dynamodb:{operation}", f"{arn}table/{table}")]
    if service == "logs":
        return [(f"logs:{operation}", f"{arn}log-group:{told.get('logGroupName', '')}:*")]
    if service == "lambda":
        name = re.match(r"/[\d-]+/functions/([^/]+)", path)
        operations = {"configuration": "GetFunctionConfiguration", "account-settings": "GetAccountSettings"}
        operations["invocations"] = "InvokeFunction"
        return [(f"lambda:{operations.get(operation, 'GetFunction')}", f"{arn}function:{name and name[1]}")]
    if service == "apigateway":
        return [(f"apigateway:{method}", f"arn:aws:apigateway:{region}::{path.removeprefix('/v2')}")]
    service = {"monitoring": "cloudwatch"}.get(service, service)
    return [(f"{service}:{operation}", f"arn:aws:{service}:{region}:{account}:*")]


def sqs_actions(operation, told, arn):
    source = told.get("SourceArn", "")
    if operation == "StartMessageMoveTask":
        moves = ["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"]
        sends = [("sqs:SendMessage", told["DestinationArn"])] if "DestinationArn" in told else []
        return [(f"sqs:{move}", source) for move in moves] + sends
    name = told.get("QueueUrl", told.get("QueueName", "*")).rsplit("/", 1)[-1]
    return [(f"sqs:{BATCHES.get(operation, operation)}", source or f"{arn}{name}")]


def secret_actions(operation, told, arn):
    name = told.get("SecretId", told.get("Name", "*"))
    known = secretsmanager._secrets.get(name, {}).get("ARN", f"{arn}secret:{name}-Abc123")
    return [(f"secretsmanager:{operation}", name if name.startswith("arn:") else known)]


def s3_actions(method, path, query, headers, body):
    bucket, _, key = path.lstrip("/").partition("/")
    on_bucket, on_object = f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/{key}"
    if "delete" in query:
        version = "Version" if b"<VersionId>" in body else ""
        return [(f"s3:DeleteObject{version}", f"{on_bucket}/{name}") for name in re.findall("<Key>(.*?)</Key>", body.decode())]
    if not key:
        operations = {
            "HEAD": "ListBucket",
            "GET": {
                "uploads": "ListBucketMultipartUploads",
                "versions": "ListBucketVersions",
                "location": "GetBucketLocation",
            }.get(next((name for name in ("uploads", "versions", "location") if name in query), ""), "ListBucket"),
        }
        return [(f"s3:{operations.get(method, method)}", on_bucket)]
    # A multipart upload is begun and ended by POST, and asks for what a PUT does.
    operations = {"GET": "GetObject", "HEAD": "GetObject", "PUT": "PutObject", "POST": "PutObject"}
    operations["DELETE"] = "AbortMultipartUpload" if "uploadId" in query else "DeleteObject"
    copied = unquote(headers.get("x-amz-copy-source", "")).lstrip("/")
    reads = [("s3:GetObject", f"arn:aws:s3:::{copied}")] if copied else []
    return [(f"s3:{operations.get(method, method)}", on_object), *reads]


def statements_of(name):
    """What an access key may do, or None of one that may do everything."""
    if name in iam._roles:
        documents = iam._roles[name]["InlinePolicies"].values()
        return [statement for document in documents for statement in json.loads(document)["Statement"]]
    return PEOPLE.get(name)


def is_allowed(statements, action, arn):
    as_list = lambda value: value if isinstance(value, list) else [value]
    matches = lambda value, patterns: any(fnmatch.fnmatchcase(value, pattern) for pattern in as_list(patterns))
    # Whoever has credentials may ask whose they are.
    return action == "sts:GetCallerIdentity" or any(
        statement["Effect"] == "Allow"
        and matches(action, statement["Action"])
        and matches(arn, statement["Resource"])
        for statement in statements
    )


DENIED = {
    "json": (
        400,
        "application/x-amz-json-1.0",
        b'{"__type":"AccessDeniedException","message":"not allowed"}',
    ),
    "xml": (
        403,
        "application/xml",
        b"<Error><Code>AccessDenied</Code><Message>not allowed</Message></Error>",
    ),
}


async def judge(scope, receive, send):
    """Serves a request, unless whose it is may not make it."""
    headers = {name.decode().lower(): value.decode() for name, value in scope.get("headers", [])}
    credential = re.search(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/", headers.get("authorization", ""))
    statements = credential and statements_of(credential[1])
    if scope["type"] != "http" or statements is None:
        return await ministack.app(scope, receive, send)
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    allowed = True
    for action, arn in actions_of(scope, credential[2], headers, body):
        verdict = is_allowed(statements, action, arn)
        print("call", credential[1], action, arn, "allowed" if verdict else "denied", flush=True)
        allowed = allowed and verdict
    if not allowed:
        status, kind, text = DENIED["xml" if credential[2] == "s3" else "json"]
        start = {"status": status, "headers": [(b"content-type", kind.encode())]}
        await send({"type": "http.response.start", **start})
        return await send({"type": "http.response.body", "body": text})
    bodies = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replay():
        return next(bodies, None) or await receive()

    await ministack.app(scope, replay, send)


if __name__ == "__main__":
    logging.getLogger("hypercorn.access").setLevel(logging.WARNING)
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    sys.exit(asyncio.run(serve(judge, config)))
