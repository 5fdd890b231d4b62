"""What Label Studio's own converter makes of results: one JSON document in, one out.

In: `results`, each with a class in `rectanglelabels`, `polygonlabels` or `keypointlabels`; `masks`, each
with `width`, `height` and `pixels`, rows of 0 and 1.
Out: `coco`, for each result what stands in a COCO file; `corners`, for each result with a rotation; and
`packed`, for each mask the bytes that a brush would have.
"""

import json
import os
import sys
import tempfile

import numpy as np
from label_studio_sdk.converter import Converter
from label_studio_sdk.converter.brush import decode_rle, encode_rle
from label_studio_sdk.converter.utils import convert_annotation_to_yolo_obb

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="A"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="A"/></PolygonLabels>
<KeyPointLabels name="spot" toName="image"><Label value="A" model_index="0"/></KeyPointLabels></View>"""


def to_coco(results):
    tasks = [
        {
            "id": index,
            "data": {"image": f"{index}.jpg"},
            "annotations": [{"id": index, "completed_by": {"id": 1}, "result": [result]}],
        }
        for index, result in enumerate(results)
    ]
    with tempfile.TemporaryDirectory() as folder:
        exported = os.path.join(folder, "export.json")
        with open(exported, "w") as file:
            json.dump(tasks, file)
        converter = Converter(CONFIG, folder, download_resources=False)
        converter.convert_to_coco(exported, folder, is_dir=False)
        with open(os.path.join(folder, "result.json")) as file:
            coco = json.load(file)
    by_image = {made["image_id"]: made for made in coco["annotations"]}
    return [by_image[index] for index in range(len(results))]


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
json.dump(
    {
        "coco": to_coco(asked["results"]),
        "corners": [to_corners(result) for result in asked["results"]],
        "packed": [pack(mask) for mask in asked["masks"]],
    },
    sys.stdout,
)
