"""What Label Studio's own converter makes of results: one JSON document in, one out.

In: `results`, each with a class in `rectanglelabels`, `polygonlabels` or `keypointlabels`; `tasks`, as Label Studio
exports them; `masks`, each with `width`, `height` and `pixels`, rows of 0 and 1.
Out: `coco`, for each result what stands in a COCO file; `corners`, for each result with a rotation; `datasets`, the
annotations of all tasks in COCO and in YOLO, each with its picture and its class; and `packed`, for each mask the
bytes that a brush would have.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from label_studio_sdk.converter import Converter
from label_studio_sdk.converter.brush import decode_rle, encode_rle
from label_studio_sdk.converter.utils import convert_annotation_to_yolo_obb

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="A"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="A"/></PolygonLabels>
%s</View>"""
SPOTS = '<KeyPointLabels name="spot" toName="image"><Label value="A" model_index="0"/></KeyPointLabels>'


def convert(tasks, how, config=CONFIG % "", **options):
    """Has the converter write a data set. Returns its folder."""
    folder = Path(tempfile.mkdtemp())
    exported = folder / "export.json"
    exported.write_text(json.dumps(tasks))
    converter = Converter(config, str(folder), download_resources=False)
    getattr(converter, how)(str(exported), str(folder), is_dir=False, **options)
    return folder


def to_coco(tasks, config=CONFIG % ""):
    return json.loads((convert(tasks, "convert_to_coco", config) / "result.json").read_text())


def to_annotations(results):
    tasks = [
        {
            "id": index,
            "data": {"image": f"{index}.jpg"},
            "annotations": [{"id": index, "completed_by": {"id": 1}, "result": [result]}],
        }
        for index, result in enumerate(results)
    ]
    by_image = {made["image_id"]: made for made in to_coco(tasks, CONFIG % SPOTS)["annotations"]}
    return [by_image[index] for index in range(len(results))]


def to_datasets(tasks):
    coco = to_coco(tasks)
    images = {each["id"]: picture_of(Path(each["file_name"])) for each in coco["images"]}
    classes = {each["id"]: each["name"] for each in coco["categories"]}
    return {
        "coco": [
            {**each, "image": images[each["image_id"]], "name": classes[each["category_id"]]}
            for each in coco["annotations"]
        ],
        "yolo": to_yolo(tasks),
        "obb": to_yolo(tasks, is_obb=True),
    }


def picture_of(path):
    """The converter puts a digest of the URL before the name."""
    return path.stem.split("__")[-1]


def to_yolo(tasks, **options):
    folder = convert(tasks, "convert_to_yolo", **options)
    classes = (folder / "classes.txt").read_text().splitlines()
    return [
        {"image": picture_of(path), "name": classes[int(place)], "numbers": [float(number) for number in numbers]}
        for path in (folder / "labels").glob("*.txt")
        for place, *numbers in map(str.split, path.read_text().splitlines())
    ]


def to_corners(result):
    label = {**result["value"], **{key: result[key] for key in ("original_width", "original_height")}}
    return convert_annotation_to_yolo_obb(label, normalize=False) if "rotation" in label else None


def pack(mask):
    alpha = np.array(mask["pixels"], dtype=np.uint8).reshape(mask["height"], mask["width"]) * 255
    rgba = np.stack([alpha] * 4, axis=-1).flatten()
    packed = encode_rle(rgba)
    assert (decode_rle(packed) == rgba).all()
    return [int(byte) for byte in packed]


asked = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as tempfile.tempdir:
    answer = {
        "coco": to_annotations(asked["results"]),
        "corners": [to_corners(result) for result in asked["results"]],
        "datasets": to_datasets(asked["tasks"]),
        "packed": [pack(mask) for mask in asked["masks"]],
    }
json.dump(answer, sys.stdout)
