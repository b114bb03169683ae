"""Trains MobileNetV2 (keras.applications, no pre-trained weights) for pleural effusion and writes a folder that
`simplebits models add` takes. How and with which packages: README.md beside this file."""

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")

import numpy as np
import tensorflow as tf
import tensorflowjs as tfjs
import tf_keras as keras

from films import SIDE, Film, load_films

TEACHER_SHARE = 0.5


def network(size: int, alpha: float) -> keras.Model:
    base = keras.applications.MobileNetV2((size, size, 3), alpha=alpha, weights=None, include_top=False, pooling="avg")
    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.99
    features = keras.layers.Dropout(0.3, name="dropout")(base.output)
    return keras.Model(base.input, keras.layers.Dense(2, activation="softmax", name="finding")(features))


def as_seen(levels: tf.Tensor, size: int) -> tf.Tensor:
    """Levels [N, 128, 128, 1] as the workstation hands them over: triangle filter, three equal channels, -1 ... 1."""
    small = tf.image.resize(tf.cast(levels, tf.float32) / 127.5 - 1, [size, size], antialias=True)
    return tf.repeat(small, 3, axis=-1)


def moved(levels: tf.Tensor, count: int) -> tf.Tensor:
    """Random rotation, scale, shift, mirror and gamma of levels [N, 128, 128, 1], float."""
    uniform = lambda low, high: tf.random.uniform([count], low, high)
    angle, scale = uniform(-0.12, 0.12), uniform(0.88, 1.12)
    mirror = tf.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    a, b = tf.cos(angle) * scale * mirror, -tf.sin(angle) * scale
    c, d = tf.sin(angle) * scale * mirror, tf.cos(angle) * scale
    centre = (SIDE - 1) / 2
    x, y = uniform(-8, 8), uniform(-8, 8)
    zero = tf.zeros([count])
    rows = [a, b, centre - a * centre - b * centre + x, c, d, centre - c * centre - d * centre + y, zero, zero]
    warped = tf.raw_ops.ImageProjectiveTransformV3(
        images=tf.cast(levels, tf.float32),
        transforms=tf.stack(rows, 1),
        output_shape=[SIDE, SIDE],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )
    gamma = tf.exp(uniform(-0.25, 0.25))[:, None, None, None]
    return 255 * (tf.clip_by_value(warped, 0, 255) / 255) ** gamma


def train(model: keras.Model, films: list[Film], options: argparse.Namespace) -> int:
    """AdamW under a cosine rate that follows the time spent; averaged weights are left in the model. Returns the steps made."""
    rng = np.random.default_rng(options.seed)
    tf.random.set_seed(options.seed)
    size, batch = options.size, options.batch
    target = [f.effusion if f.teacher is None else (1 - TEACHER_SHARE) * f.effusion + TEACHER_SHARE * f.teacher for f in films]
    pools = [np.array([i for i, f in enumerate(films) if f.effusion == present]) for present in (False, True)]
    levels = tf.constant(np.stack([f.levels for f in films])[..., None])
    targets = tf.constant(np.array(target, np.float32))
    rate = tf.Variable(0.0)
    optimiser = keras.optimizers.AdamW(rate, weight_decay=0.02, global_clipnorm=1.0)
    averages = [tf.Variable(w) for w in model.trainable_weights]

    @tf.function
    def step(chosen: tf.Tensor) -> tf.Tensor:
        x = as_seen(moved(tf.gather(levels, chosen), batch), size)
        t = tf.gather(targets, chosen)
        with tf.GradientTape() as tape:
            p = model(x, training=True)[:, 1]
            loss = tf.reduce_mean(keras.losses.binary_crossentropy(t[:, None], p[:, None]))
        optimiser.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))
        for average, weight in zip(averages, model.trainable_weights):
            average.assign(0.998 * average + 0.002 * weight)
        return loss

    started, steps, losses = time.time(), 0, []
    spent = lambda: max(time.process_time() / options.minutes, (time.time() - started) / options.patience) / 60
    while (share := spent()) < 1:
        rate.assign(options.rate * min(1, (steps + 1) / 100) * (0.02 + 0.49 * (1 + np.cos(np.pi * share))))
        chosen = np.concatenate([rng.choice(pool, batch // 2) for pool in pools])
        losses.append(float(step(tf.constant(chosen))))
        steps += 1
        if steps % 200 == 0:
            print(f"step {steps}, {100 * share:.0f} %, loss {np.mean(losses[-200:]):.4f}", flush=True)
    for average, weight in zip(averages, model.trainable_weights):
        weight.assign(average)
    return steps


def scores(model: keras.Model, films: list[Film], size: int) -> np.ndarray:
    """Log-odds of the finding, one a film."""
    batches = [np.stack([f.levels for f in films[i : i + 64]])[..., None] for i in range(0, len(films), 64)]
    p = np.concatenate([model(as_seen(tf.constant(b), size), training=False).numpy()[:, 1] for b in batches])
    return np.log(p) - np.log1p(-p)


def auc(score: np.ndarray, present: np.ndarray) -> float:
    above = (score[present][:, None] > score[~present][None]).mean()
    return float(above + 0.5 * (score[present][:, None] == score[~present][None]).mean())


def calibrated(score: np.ndarray, present: np.ndarray) -> tuple[float, float]:
    """temperature and bias of p = sigmoid(score / temperature + bias), by Newton's method on the log-loss."""
    slope, bias = 1.0, 0.0
    x = np.stack([score, np.ones_like(score)], 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-(slope * score + bias)))
        gradient, weight = x.T @ (p - present), p * (1 - p)
        slope, bias = np.array([slope, bias]) - np.linalg.solve((x * weight[:, None]).T @ x, gradient)
    return 1 / slope, float(bias)


def figures(score: np.ndarray, films: list[Film]) -> dict[str, object]:
    present = np.array([f.effusion for f in films])
    part = lambda keep: auc(score[keep], present[keep])
    of = lambda rule: np.array([rule(f) for f in films])
    healthy = of(lambda f: f.effusion or f.no_finding)
    result = {
        "films": len(films),
        "effusions": int(present.sum()),
        "aucAgainstNoFinding": part(healthy),
        "aucAgainstAll": auc(score, present),
    }
    for source in sorted({f.source for f in films}):
        result[f"aucAgainstAll {source}"] = part(of(lambda f: f.source == source))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=24, help="of processor time")
    parser.add_argument("--patience", type=float, default=60, help="minutes on the clock after which it ends anyway")
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--alpha", type=float, default=0.35)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    films = load_films(options.data)
    held = [f for f in films if f.held_out]
    model = network(options.size, options.alpha)
    steps = train(model, [f for f in films if not f.held_out], options)
    score, present = scores(model, held, options.size), np.array([f.effusion for f in held])
    temperature, bias = calibrated(score, present)
    p = 1 / (1 + np.exp(-(score / temperature + bias)))
    thresholds = np.linspace(0.05, 0.95, 181)
    youden = [(p[present] >= t).mean() - (p[~present] >= t).mean() for t in thresholds]
    threshold = float(np.round(thresholds[int(np.argmax(youden))], 3))

    options.out.mkdir(parents=True, exist_ok=True)
    model.save(options.out / "model.keras.h5")
    tfjs.converters.save_keras_model(model, str(options.out / "tfjs"), quantization_dtype_map={"float16": "*"})
    at = {"sensitivity": float((p[present] >= threshold).mean()), "specificity": float((p[~present] < threshold).mean())}
    result = {
        "steps": steps,
        "parameters": model.count_params(),
        **figures(score, held),
        "calibration": {"temperature": temperature, "bias": bias},
        "threshold": threshold,
        **at,
    }
    (options.out / "figures.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


main()
