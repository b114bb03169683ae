import { expect, it } from 'vitest'
import { keyImagesPage } from '../../../main/adapters/report/keyImagesPage'
import { factGrid } from '../../../main/adapters/report/parts'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleKeyImage } from '../../support/exampleMarks'
import { exampleReportInput } from '../../support/exampleReport'

it('of a long value only the words are broken that no column has room for', () => {
  const grid = JSON.stringify(factGrid([{ label: 'Patient', value: 'Wolfeschlegelsteinhausen Hubert Blaine' }], 5))
  expect(grid).toContain('{"text":"Wolfeschlegelsteinhausen","wordBreak":"break-all"}')
  expect(grid).toContain('{"text":" Hubert Blaine","wordBreak":"normal"}')
})

it('key images leave room for long captions, and are never too low to be seen', () => {
  const heightOf = (count: number, caption: string) => {
    const keyImages = Array.from({ length: count }, (_, i) => exampleKeyImage(i, caption))
    const printed = JSON.stringify(keyImagesPage(buildCaseReport(exampleReportInput({ keyImages }))))
    return Number(/"fit":\[[\d.]+,([\d.]+)\]/.exec(printed)?.[1])
  }
  const [short, long] = ['Blunted', 'Blunted angle '.repeat(20)]
  expect(heightOf(4, long)).toBeLessThan(heightOf(4, short) - 40)
  expect(heightOf(12, long)).toBeGreaterThan(100)
})
