import { describe, expect, it } from 'vitest'
import type { Film } from '../../../contract'
import { modelInput } from '../../../main/domain/modelInput'
import { exampleHeader } from '../../support/exampleReport'

const side = 128

function film(changes: Parameters<typeof exampleHeader>[0]): Film {
  const pixels = Uint16Array.from({ length: side * side }, (_, i) => (i * 7) % 1024)
  const shape = { width: side, height: side, pixelAspect: 1, padding: null, minPixel: 0, maxPixel: 1023 }
  return { pixels, header: exampleHeader({ ...shape, slope: 1, intercept: 0, ...changes }) }
}

describe('what the model sees', () => {
  it.each(['MONOCHROME1', 'MONOCHROME2'] as const)(
    'does not depend on a straight line, however far its steps lie below its intercept: %s',
    (photometric) => {
      const plain = modelInput(film({ photometric }))
      const { pixels, record } = modelInput(film({ photometric, slope: 2 ** -10, intercept: 32_768 }))
      expect(pixels).toEqual(plain.pixels)
      const sign = photometric === 'MONOCHROME1' ? -1 : 1
      expect(record.low).toBeCloseTo(plain.record.low * 2 ** -10 + sign * 32_768, 6)
      expect(record.high).toBeCloseTo(plain.record.high * 2 ** -10 + sign * 32_768, 6)
    },
  )
})
