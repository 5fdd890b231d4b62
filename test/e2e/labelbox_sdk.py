"""What Labelbox's own client sees and does at an endpoint: one command a line on standard input.

`list`, `create <url> <topic>…`, `update <id> <topic>…` and `delete <id>` each answer with a line of
JSON. The client's key is in LABELBOX_API_KEY.
"""

import json
import sys

import labelbox
from labelbox.schema.webhook import Webhook

client = labelbox.Client(endpoint=sys.argv[1])


def as_json(webhook):
    return {
        "id": webhook.uid,
        "url": webhook.url,
        "topics": list(webhook.topics),
        "status": webhook.status,
    }


def webhooks():
    return list(client.get_organization().webhooks())


def find(uid):
    return next(webhook for webhook in webhooks() if webhook.uid == uid)


def run(command, *words):
    if command == "create":
        url, *topics = words
        return as_json(Webhook.create(client, topics, url, "a-secret", None))
    if command == "update":
        webhook = find(words[0])
        webhook.update(topics=list(words[1:]))
        return as_json(webhook)
    if command == "delete":
        webhook = find(words[0])
        webhook.delete()
        return as_json(webhook)
    return [as_json(webhook) for webhook in webhooks()]


for line in sys.stdin:
    print(json.dumps(run(*line.split())), flush=True)
