import { describe, expect, it } from 'vitest'
import { readChanged, type Changes } from '../../support/readSynthetic'

/** Implicit VR: the file does not say whether the first value that a table maps has a sign (PS3.5 A.1). */
const options = { transferSyntax: '1.2.840.10008.1.2' }
const item = { '00283002': ['US', [3, 40_000, 8]], '00283006': ['US', [0, 128, 255]] } as const

async function firstValue(slope: string, intercept: string): Promise<number | null> {
  const line: Changes = { '00281052': ['DS', intercept], '00281053': ['DS', slope], '00283010': ['SQ', [item]] }
  const [voi] = (await readChanged(line, options)).header.voi
  return voi?.kind === 'table' ? voi.firstValue : null
}

describe('a table of two entries a word', () => {
  it.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])('in %s', async (transferSyntax) => {
    // Words as numbers: the writer puts their bytes in the file's order.
    const packed = { '00283002': ['US', [4, 0, 8]], '00283006': ['OW', [0x2010, 0x4030]] } as const
    const { voi } = (await readChanged({ '00283010': ['SQ', [packed]] }, { transferSyntax })).header
    expect(voi).toMatchObject([{ table: Uint16Array.of(0x10, 0x20, 0x30, 0x40) }])
  })
})

describe('the first value of a VOI table without a VR', () => {
  it('has no sign where no modality value can be negative, on a falling line too', async () => {
    expect(await firstValue('1', '0')).toBe(40_000)
    expect(await firstValue('-1', '65535')).toBe(40_000)
  })

  it('has one where the smallest can be', async () => {
    expect(await firstValue('1', '-1')).toBe(40_000 - 65_536)
    expect(await firstValue('-1', '65534')).toBe(40_000 - 65_536)
  })
})
