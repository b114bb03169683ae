"""The labelled radiographs as the workstation's models see them: model-input/1, 128 x 128 levels (main/domain/modelInput.ts)."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

SIDE = 128
FINDING = "Effusion"


@dataclass(frozen=True)
class Film:
    id: str
    source: str
    """The patient's number, or the film's own id where the data set does not name the patient."""
    patient: str
    view: str
    effusion: bool
    no_finding: bool
    """Probability of a published DenseNet-121 on a film that it was not trained on; None where there is none."""
    teacher: float | None
    levels: np.ndarray

    @property
    def held_out(self) -> bool:
        """One patient in four, by a hash of the patient's number, so that nobody stands on both sides."""
        return self.fold(4) == 0

    def fold(self, count: int) -> int:
        """Of another hash for every count: the folds within the training films are no part of the held-out ones."""
        return int(hashlib.sha256(f"{count} {self.patient}".encode()).hexdigest(), 16) % count


def load_films(data: Path) -> list[Film]:
    demonstration = {str(int(f.name[:8])) for f in (data / "demo1024").glob("*.png")}
    with open(data / "nih" / "densenet121_predictions.csv") as table:
        teacher = {row["id"]: float(row[FINDING]) for row in csv.DictReader(table)}
    films = []
    with open(data / "nih" / "manifest.csv") as table:
        for row in csv.DictReader(table):
            patient = str(int(row["patient_id"])) if row["patient_id"] else ""
            # Films of 64 pixels are softer than any that the workstation is given.
            if patient in demonstration or row["split"] == "test64":
                continue
            levels = model_input(tf.io.read_file(str(data / "nih" / "png256" / f"{row['id']}.png")))
            findings = row["label"].split("|")
            films.append(
                Film(
                    id=row["id"],
                    source=row["split"],
                    patient=patient or f"film {row['id']}",
                    view=row["view"],
                    effusion=FINDING in findings,
                    no_finding=findings == ["No Finding"],
                    teacher=teacher.get(row["id"]),
                    levels=levels,
                )
            )
    return films


def model_input(png: tf.Tensor) -> np.ndarray:
    """Square 8-bit film -> area average to 128 x 128 -> one linear window -> levels 0 ... 255."""
    grey = tf.cast(tf.io.decode_png(png, channels=1), tf.float32)[None]
    factor = grey.shape[1] // SIDE
    values = tf.nn.avg_pool2d(grey, factor, factor, "VALID")[0, :, :, 0].numpy()
    low, high = robust_window(values)
    return np.clip(np.floor((values - low) * 255 / (high - low) + 0.5), 0, 255).astype(np.uint8)


def robust_window(values: np.ndarray) -> tuple[float, float]:
    """1st and 99th percentile of the central 80 %, widened by 30 % of their distance on either side."""
    margin = int(SIDE * 0.2) // 2
    central = np.sort(values[margin : SIDE - margin, margin : SIDE - margin], axis=None)
    dark, bright = (central[int(np.floor(share * (central.size - 1) + 0.5))] for share in (0.01, 0.99))
    distance = bright - dark if bright > dark else 1.0
    return dark - 0.3 * distance, dark + 1.3 * distance
