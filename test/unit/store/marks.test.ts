import { describe, expect, it } from 'vitest'
import { caseMarks, workstationCalls } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import { marksDocument, toMarksDocument } from '../../../main/adapters/store/marksDocument'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleCase } from '../../support/exampleCase'
import { exampleKeyImage, exampleMarks } from '../../support/exampleMarks'
import { exampleReportInput } from '../../support/exampleReport'
import { quietLogger } from '../../support/quietLogger'
import { TEST_KEY } from '../../support/testKey'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('what a reader marked', () => {
  it('comes back from its document as it was, pictures too', () => {
    const marks = exampleMarks()
    expect(marksDocument.parse(JSON.parse(JSON.stringify(toMarksDocument(marks))))).toEqual(marks)
  })

  it('is kept with the case', async () => {
    const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
    const film = exampleCase(1)
    await store.saveCases([film])
    const { id } = film
    expect(await store.marks(id)).toBeNull()
    await store.saveMarks(id, exampleMarks())
    expect(await store.marks(id)).toEqual(exampleMarks())
    await store.saveMarks(id, { measurements: [], keyImages: [] })
    expect(await store.marks(id)).toEqual({ measurements: [], keyImages: [] })
    await store.close()
  })

  it.each([
    [
      'an angle of two points',
      {
        measurements: [
          {
            id: 1,
            kind: 'angle',
            points: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          },
        ],
      },
    ],
    [
      'a place that is no number',
      {
        measurements: [
          {
            id: 1,
            kind: 'length',
            points: [
              { x: NaN, y: 0 },
              { x: 1, y: 1 },
            ],
          },
        ],
      },
    ],
    ['a picture that is no JPEG', { keyImages: [{ ...exampleKeyImage(1, ''), picture: Uint8Array.of(1, 2, 3) }] }],
    ['a caption without end', { keyImages: [exampleKeyImage(1, 'x'.repeat(301))] }],
    ['pictures without end', { keyImages: Array.from({ length: 13 }, (_, i) => exampleKeyImage(i + 1, '')) }],
  ])('is refused with %s', (_what, changes) => {
    const marks = { measurements: [], keyImages: [], ...changes }
    expect(caseMarks.safeParse(marks).success).toBe(false)
    expect(workstationCalls.saveMarks.params.safeParse({ caseId: 'one', reader: '', marks }).success).toBe(false)
  })

  it('goes into the report in its order, captions as typed', () => {
    const keyImages = [exampleKeyImage(3, 'First\nline'), exampleKeyImage(1, '')]
    const report = buildCaseReport(exampleReportInput({ keyImages }))
    expect(report.keyImages.map(({ title, caption }) => [title, caption])).toEqual([
      ['Film', 'First line'],
      ['Film', ''],
    ])
    expect(buildCaseReport(exampleReportInput()).keyImages).toEqual([])
  })
})
