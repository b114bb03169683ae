import { SimpleBitsError, type ClassifierConfig, type FlowConfig, type ModelFile } from '../../../contract'
import { chestClassifier } from '../../engine/classifier'
import { levelShapes } from '../../engine/flow'
import { simplifierShapes } from '../../engine/simplify'
import type { StoredTensors } from '../../ports'

type Shapes = Readonly<Record<string, readonly number[]>>

/**
 * Every weight that the configuration calls for must be there, in its shape, and nothing else.
 * @throws SimpleBitsError MODEL_CORRUPT naming model and tensor
 */
export function checkShapes(file: ModelFile, tensors: StoredTensors): void {
  compare(file.name, storedShapes(file), tensors)
}

function storedShapes(file: ModelFile): Shapes {
  if (file.kind === 'flow') return storedFlowShapes(file.config)
  return file.kind === 'classifier' ? storedClassifierShapes(file.config) : simplifierShapes(file.config)
}

function compare(model: string, expected: Shapes, tensors: StoredTensors): void {
  const refuse = (tensor: string, why: string) => {
    throw new SimpleBitsError(
      'MODEL_CORRUPT',
      `models/${model}/weights.safetensors was refused: ${tensor} ${why}. Restore the original files of this model.`,
    )
  }
  for (const [name, shape] of Object.entries(expected)) {
    const found = tensors[name]
    if (!found) refuse(name, 'is missing')
    else if (found.shape.join('×') !== shape.join('×'))
      refuse(name, `has the shape ${found.shape.join('×')} instead of ${shape.join('×')}`)
  }
  for (const name of Object.keys(tensors))
    if (!Object.hasOwn(expected, name)) refuse(name, 'does not belong to this architecture')
}

/** Names and shapes of a flow's weights in the exchange convention (kernels [out, in, kh, kw]). */
function storedFlowShapes(config: FlowConfig): Shapes {
  const shapes: Record<string, readonly number[]> = {}
  levelShapes(config).forEach(({ size, channels: c, toPrior, steps, hidden }, level) => {
    for (let k = 0; k < steps; k++) {
      const step = `level${level}.step${k}`
      const outputs = config.coupling === 'affine' ? c : c / 2
      shapes[`${step}.actnorm.bias`] = shapes[`${step}.actnorm.logs`] = [c]
      for (const part of ['p', 'l', 'u']) shapes[`${step}.conv1x1.${part}`] = [c, c]
      for (const part of ['sign_s', 'log_s']) shapes[`${step}.conv1x1.${part}`] = [c]
      shapes[`${step}.coupling.conv1.weight`] = [hidden, c / 2, 3, 3]
      shapes[`${step}.coupling.conv2.weight`] = [hidden, hidden, 1, 1]
      for (const norm of ['actnorm1', 'actnorm2'])
        for (const part of ['bias', 'logs']) shapes[`${step}.coupling.${norm}.${part}`] = [hidden]
      shapes[`${step}.coupling.conv3.weight`] = [outputs, hidden, 3, 3]
      for (const part of ['bias', 'logs']) shapes[`${step}.coupling.conv3.${part}`] = [outputs]
    }
    for (const part of ['bias', 'logs']) shapes[`level${level}.prior.actnorm.${part}`] = [toPrior * size * size]
  })
  return shapes
}

/** Names and shapes of a classifier's weights (kernels [kh, kw, in, out], the head [in, out]). */
function storedClassifierShapes(config: ClassifierConfig): Shapes {
  const entries = chestClassifier(config).layers.flatMap(
    ({ name, kind, kernel, inputs, outputs }): [string, number[]][] =>
      kind === 'dense'
        ? [
            [`${name}.weight`, [inputs, outputs]],
            [`${name}.bias`, [outputs]],
          ]
        : [
            [`${name}.weight`, [kernel, kernel, inputs, outputs]],
            [`${name}.bias`, [outputs]],
            [`${name}.gain`, [outputs]],
          ],
  )
  return Object.fromEntries(entries)
}
