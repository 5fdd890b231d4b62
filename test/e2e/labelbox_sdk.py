"""What Labelbox's own client sees and does at an endpoint: one command a line on standard input.

`list`, `create <url> <topic>…`, `update <id> <topic>…`, `delete <id>`, `projects` and
`export <project> [<from> <to>]` each answer with a line of JSON. The client's key is in LABELBOX_API_KEY.
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


EVERYTHING = {
    "metadata_fields": True,
    "data_row_details": True,
    "project_details": True,
    "performance_details": True,
    "label_details": True,
}


def export(project, *between):
    filters = {"last_activity_at": list(between)} if between else None
    task = client.get_project(project).export(filters=filters, params=EVERYTHING)
    task.wait_till_done()
    if not task.has_result():
        return []
    return [output.json for output in task.get_buffered_stream()]


def run(command, *words):
    if command == "projects":
        return [project.uid for project in client.get_projects()]
    if command == "export":
        return export(*words)
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
