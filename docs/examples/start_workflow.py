"""Starts a workflow on GitHub each time a rule has fired: `on: workflow_dispatch` in train.yml.

A worker that dies after the call starts the workflow again: give it a `concurrency` of
`${{ inputs.project }}`, or have it skip an `epoch` that it has trained.
"""

import json
import os
from urllib.request import Request, urlopen

from labelrelay import MilestoneReached, Worker, dynamo_marks, in_order, poll

API = os.environ.get("GITHUB_API_URL", "https://api.github.com")
WORKFLOW = f"{API}/repos/{os.environ['GITHUB_REPOSITORY']}/actions/workflows/train.yml"

# Every epoch takes effect once.
worker = Worker(in_order(dynamo_marks("milestone-marks"), effect="each"))


@worker.on(MilestoneReached)
def start(event: MilestoneReached) -> None:
    milestone = event.data
    project = milestone.project.id if milestone.project else None
    inputs = {
        "source": milestone.source,
        "project": project or "",
        "epoch": str(milestone.epoch),
        "subjects": str(milestone.subjects),
    }
    body = json.dumps({"ref": "main", "inputs": inputs}).encode()
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
    }
    urlopen(Request(f"{WORKFLOW}/dispatches", body, headers), timeout=30).close()


if __name__ == "__main__":
    poll(worker)
