"""Exports a data set each time a rule has fired, and starts a training job of SageMaker on it."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import boto3

from labelrelay import MilestoneReached, Worker, dynamo_marks, in_order, poll

STAGE = os.environ.get("LABELRELAY_STAGE", "dev")
BUCKET = os.environ["TRAINING_BUCKET"]

s3 = boto3.client("s3")
sagemaker = boto3.client("sagemaker")
# Every epoch takes effect once. The lease is longer than an export takes.
worker = Worker(in_order(dynamo_marks("milestone-marks"), effect="each", lease_ms=600_000))


@worker.on(MilestoneReached)
def train(event: MilestoneReached) -> None:
    milestone = event.data
    project = milestone.project.id if milestone.project else None
    name = "-".join(filter(None, [milestone.rule, milestone.source, project, str(milestone.epoch)]))
    export(milestone.source, project, f"datasets/{name}")
    try:
        sagemaker.create_training_job(
            TrainingJobName=name,
            RoleArn=os.environ["TRAINING_ROLE"],
            AlgorithmSpecification={
                "TrainingImage": os.environ["TRAINING_IMAGE"],
                "TrainingInputMode": "File",
            },
            InputDataConfig=[
                {
                    "ChannelName": "labels",
                    "DataSource": {
                        "S3DataSource": {
                            "S3DataType": "S3Prefix",
                            "S3Uri": f"s3://{BUCKET}/datasets/{name}/",
                        }
                    },
                }
            ],
            OutputDataConfig={"S3OutputPath": f"s3://{BUCKET}/models/"},
            ResourceConfig={
                "InstanceType": "ml.g5.xlarge",
                "InstanceCount": 1,
                "VolumeSizeInGB": 50,
            },
            StoppingCondition={"MaxRuntimeInSeconds": 86_400},
        )
    except sagemaker.exceptions.ResourceInUse:
        # A worker that died has started it: the name of a job is unique.
        return


def export(source: str, project: str | None, prefix: str) -> None:
    with TemporaryDirectory() as folder:
        command = ["npx", "labelrelay", "labels", "export", "--stage", STAGE, "--format", "coco"]
        command += ["--out", folder, "--source", source]
        if project is not None:
            command += ["--project", project]
        subprocess.run(command, check=True)
        for file in Path(folder).rglob("*"):
            if file.is_file():
                s3.upload_file(str(file), BUCKET, f"{prefix}/{file.relative_to(folder)}")


if __name__ == "__main__":
    poll(worker)
