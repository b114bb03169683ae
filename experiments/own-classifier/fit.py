"""Fits a head for pleural effusion on EfficientNet-Lite0's ImageNet features and writes a folder that `simplebits models add`
takes. How, and with which packages: README.md beside this file."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import tensorflow as tf
import tensorflowjs as tfjs

from efficientnet_lite import MEAN, STD, features, keras
from films import Film, load_films

POOL = 2
TEACHER_SHARE = 0.5
PENALTIES = np.logspace(1, 5, 9)


def as_seen(levels: np.ndarray, size: int) -> tf.Tensor:
    """Levels [N, 128, 128] as the workstation hands them over: triangle filter, three equal channels, standardised."""
    grey = tf.image.resize(tf.cast(levels, tf.float32)[..., None] / 255, [size, size], antialias=True)
    return (grey - tf.constant(MEAN)) / tf.constant(STD)


def feature_rows(body: keras.Model, films: list[Film], size: int) -> np.ndarray:
    rows = []
    started = time.time()
    for start in range(0, len(films), 16):
        levels = np.stack([film.levels for film in films[start : start + 16]])
        rows.append(body(as_seen(levels, size), training=False).numpy())
        if start % 320 == 0:
            print(f"{start} of {len(films)} films, {time.time() - started:.0f} s", flush=True)
    return np.concatenate(rows).reshape(len(films), -1)


def ridge(x: np.ndarray, target: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Weights and bias of the ridge regression of `target` on standardised features, by its dual."""
    mean, sd = x.mean(0), x.std(0) + 1e-3
    z = (x - mean) / sd
    dual = np.linalg.solve(z @ z.T + penalty * np.eye(len(z)), target - target.mean())
    weights = (z.T @ dual) / sd
    return weights, float(target.mean() - mean @ weights)


def auc(score: np.ndarray, present: np.ndarray) -> float:
    above = (score[present][:, None] > score[~present][None]).mean()
    return float(above + 0.5 * (score[present][:, None] == score[~present][None]).mean())


def logistic(score: np.ndarray, present: np.ndarray) -> tuple[float, float]:
    """slope and bias of p = sigmoid(slope * score + bias), by Newton's method on the log-loss."""
    found, x = np.array([1.0, 0.0]), np.stack([score, np.ones_like(score)], 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ found)))
        found = found - np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (p - present))
    return float(found[0]), float(found[1])


def chosen_penalty(x: np.ndarray, target: np.ndarray, films: list[Film]) -> float:
    """The one with the best AUC over three inner folds of patients."""
    fold = np.array([film.fold(3) for film in films])
    present = np.array([film.effusion for film in films])

    def inner(penalty: float) -> float:
        score = np.zeros(len(films))
        for k in range(3):
            weights, bias = ridge(x[fold != k], target[fold != k], penalty)
            score[fold == k] = x[fold == k] @ weights + bias
        return auc(score, present)

    return float(max(PENALTIES, key=inner))


def figures(score: np.ndarray, films: list[Film]) -> dict[str, float]:
    present = np.array([film.effusion for film in films])
    healthy = np.array([film.effusion or film.no_finding for film in films])
    result = {
        "films": len(films),
        "effusions": int(present.sum()),
        "aucAgainstNoFinding": auc(score[healthy], present[healthy]),
        "aucAgainstAll": auc(score, present),
    }
    for source in sorted({film.source for film in films}):
        of = np.array([film.source == source for film in films])
        result[f"aucAgainstAll {source}"] = auc(score[of], present[of])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=112)
    options = parser.parse_args()

    films = load_films(options.data)
    body = features(options.size)
    pooled = keras.layers.AveragePooling2D(POOL, padding="same", name="pool")(body.output)
    flat = keras.Model(body.input, keras.layers.Flatten(name="flatten")(pooled))
    x = feature_rows(flat, films, options.size)
    held = np.array([film.held_out for film in films])
    train_films, held_films = ([f for f in films if f.held_out == side] for side in (False, True))
    target = np.array(
        [f.effusion if f.teacher is None else (1 - TEACHER_SHARE) * f.effusion + TEACHER_SHARE * f.teacher for f in films]
    )
    penalty = chosen_penalty(x[~held], target[~held], train_films)
    weights, bias = ridge(x[~held], target[~held], penalty)
    score = x[held] @ weights + bias
    present = np.array([film.effusion for film in held_films])
    slope, shift = logistic(score, present)
    p = 1 / (1 + np.exp(-(slope * score + shift)))
    thresholds = np.linspace(0.05, 0.95, 181)
    youden = [(p[present] >= t).mean() - (p[~present] >= t).mean() for t in thresholds]
    threshold = round(float(thresholds[int(np.argmax(youden))]), 3)

    head = keras.layers.Dense(2, activation="softmax", name="finding")
    model = keras.Model(flat.input, head(flat.output))
    # Half the slope on either class: their difference is the log-odds, calibrated.
    logit = np.stack([-weights, weights], 1) * slope / 2
    head.set_weights([logit, np.array([-1, 1]) * (slope * bias + shift) / 2])
    tfjs.converters.save_keras_model(model, str(options.out), quantization_dtype_map={"float16": "*"})
    model.save(options.out.parent / f"{options.out.name}.h5")
    at = {"sensitivity": float((p[present] >= threshold).mean()), "specificity": float((p[~present] < threshold).mean())}
    result = {"penalty": penalty, "parameters": model.count_params(), **figures(score, held_films), "threshold": threshold, **at}
    print(json.dumps(result, indent=2))


main()
