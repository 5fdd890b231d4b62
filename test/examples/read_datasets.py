"""Reads data sets as training does: one JSON document in, one out.

In: `coco`, the path of a COCO file; `yolo`, a folder, and its `task`.
Out: `masks`, for each annotation with a segmentation its pixels by `annToMask`; `boxes`, for each annotation its box;
`yolo`, for each label file its lines as numbers. It stops at the first line that YOLO would not take.
"""

import contextlib
import json
import sys
from pathlib import Path

from pycocotools.coco import COCO

NUMBERS = {"detect": lambda count: count == 4, "obb": lambda count: count == 8,
           "segment": lambda count: count >= 6 and count % 2 == 0}


def read_coco(path):
    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO(path)
    annotations = coco.loadAnns(coco.getAnnIds())
    assert {each["category_id"] for each in annotations} <= set(coco.getCatIds())
    assert {each["image_id"] for each in annotations} <= set(coco.getImgIds())
    return {
        "images": len(coco.getImgIds()),
        "masks": {
            each["id"]: coco.annToMask(each).tolist() for each in annotations if each["segmentation"]
        },
        "annotations": annotations,
    }


def read_yolo(folder, task):
    classes = [
        line.split(": ", 1)[1]
        for line in (folder / "data.yaml").read_text().splitlines()
        if line.startswith("  ")
    ]
    listed = [line.split("\t")[0] for line in (folder / "images.txt").read_text().splitlines()]
    found = {}
    for part in ("train", "val"):
        for path in sorted((folder / "labels" / part).glob("*.txt")):
            # YOLO finds the labels of a picture by its name.
            assert sum(Path(each).with_suffix("") == Path(f"images/{part}/{path.stem}") for each in listed) == 1
            lines = [[float(number) for number in line.split()] for line in path.read_text().splitlines()]
            for place, *numbers in lines:
                assert place == int(place) and 0 <= place < len(classes), (path, place)
                assert NUMBERS[task](len(numbers)), (path, numbers)
                assert all(0 <= number <= 1 for number in numbers), (path, numbers)
            found[f"{part}/{path.name}"] = lines
    return {"classes": classes, "files": found}


asked = json.load(sys.stdin)
answer = {"coco": read_coco(asked["coco"])}
answer["yolo"] = {task: read_yolo(Path(folder), task) for task, folder in asked["yolo"].items()}
json.dump(answer, sys.stdout)
