import { describe, expect, it } from 'vitest'
import { detailRows, detailUnit } from '../../../contract'

const sigmas = [0.7, 1.4, 2.8, 5.6, 11.2]
const shares = [0, 0.01, 0.05, 0.24, 0.41, 0.5]
const box = { x: 13, y: 0, width: 102, height: 128 }

describe('how wide the structures of a scale are', () => {
  it('is told in model pixels where the file gives no size: 2.35 σ', () => {
    const rows = detailRows({ shares, sigmas }, { header: { width: 1020, spacing: null }, modelInput: { box } })
    expect(rows.map(({ width }) => width)).toEqual(['under 2', '2–3', '3–7', '7–13', '13–26', 'over 26'])
    expect(rows.map(({ share }) => share)).toEqual(shares)
    expect(detailUnit(null)).toBe('pixels of the model’s picture')
  })

  it('is told in millimetres of the plane that the file’s size belongs to', () => {
    const spacing = { plane: 'detector', rowMm: 0.9, columnMm: 0.3 } as const
    // 1020 columns of 0.3 mm over 102 model pixels: 3 mm each
    const rows = detailRows({ shares, sigmas }, { header: { width: 1020, spacing }, modelInput: { box } })
    expect(rows.map(({ width }) => width)).toEqual(['under 5', '5–10', '10–20', '20–40', '40–79', 'over 79'])
    expect(detailUnit(spacing)).toBe('mm at detector')
    expect(detailUnit({ ...spacing, plane: 'calibrated' })).toBe('mm (calibrated)')
  })

  it('keeps a digit where a pixel is less than half a millimetre wide', () => {
    const spacing = { plane: 'detector', rowMm: 0.04, columnMm: 0.04 } as const
    const rows = detailRows({ shares, sigmas }, { header: { width: 1020, spacing }, modelInput: { box } })
    expect(rows[0]?.width).toBe('under 0.7')
  })
})
