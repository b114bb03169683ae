import * as tf from '@tensorflow/tfjs-core'
import { dimensions, reportedBits } from '../../../engine/flow'
import { SimpleBitsError } from '../../../../contract'
import { EAGER } from '../../../engine/tensor'
import { giveWay } from '../giveWay'
import type { Handler } from '../handler'
import { batches, checkPictures, toPictures } from '../pictures'
import type { ReadyFlow } from '../readyModels'

/** Passes of one batch size that pay for a graph. */
const WORTH_A_GRAPH = 16

/** Bits, bits per dimension and bit map of pictures: means over the fixed noises. */
export const bits: Handler<'bits'> = async ({ flow: name, pictures, count, noiseDraws }, call) => {
  const ready = await call.ready.flow(name)
  const { size, channels } = ready.flow.config
  if (channels !== 1) throw new SimpleBitsError('BAD_REQUEST', `${name} is a flow for colour pictures; films are grey.`)
  checkPictures(pictures, count, size)
  const rows: Row[] = []
  const ranges = batches(count)
  for (const range of ranges) {
    const alike = ranges.filter(({ length }) => length === range.length).length
    // a graph is worth its making where it runs often, and then from the first run: the same request, the same bits
    const compiler = alike * noiseDraws >= WORTH_A_GRAPH ? call.compiler : EAGER
    await giveWay()
    if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'The measurement was cancelled.')
    const found = tf.tidy(() => {
      const x = toPictures(pictures, size, range)
      return rowsOf(ready, reportedBits(ready.flow, x, { draws: noiseDraws, compiler }))
    })
    rows.push(...found)
  }
  return { rows }
}

type Row = Awaited<ReturnType<Handler<'bits'>>>['rows'][number]

function rowsOf({ flow }: ReadyFlow, reported: ReturnType<typeof reportedBits>): Row[] {
  const pixels = flow.config.size ** 2
  const maps = reported.map.dataSync<'float32'>()
  reported.map.dispose()
  return Array.from(reported.bits, (value, i) => {
    const map = maps.slice(i * pixels, (i + 1) * pixels)
    return { bits: value, bpd: value / dimensions(flow.config), sumOfMap: map.reduce((sum, bit) => sum + bit, 0), map }
  })
}
