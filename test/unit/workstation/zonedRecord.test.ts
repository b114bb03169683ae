import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { caseId, type Zones } from '../../../contract'
import { zonedRecord } from '../../../main/app/worklist'
import { CHEST_DOUBTS } from '../../../main/domain/zones'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { exampleAudit } from '../../support/exampleCase'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, mainSide } from '../../support/windowSide'

const outline = {
  points: Array.from({ length: 6 }, (_, i) => ({ x: 20 + i, y: 30 + (i % 3) })),
  ...{ confidence: 1, baseExtrapolated: false },
}
const zones: Zones = {
  ...{ version: 'zones/1', source: 'corrected', sure: true, reasons: [] },
  ...{ pictureLeft: outline, pictureRight: outline },
}
const [unlike, inverted] = CHEST_DOUBTS as [string, string]
const labels = new Uint8Array(128 * 128)

describe('an audit’s doubt that its film is a chest film', () => {
  const after = (chestDoubt: string | null, ...warnings: string[]) =>
    zonedRecord({ ...exampleAudit(1), record: exampleRecord({ warnings }) }, { zones, labels, chestDoubt }).warnings

  it('goes when a reader has placed the lungs, and comes back with the automatic outlines', () => {
    expect(after(null, 'Near the threshold.', unlike)).toEqual(['Near the threshold.'])
    expect(after(unlike, 'Near the threshold.')).toEqual(['Near the threshold.', unlike])
    expect(after(inverted, unlike, 'No modality.')).toEqual(['No modality.', inverted])
    expect(after(unlike, unlike)).toEqual([unlike])
  })

  it('is recognised in the words of earlier versions', () => {
    const former =
      'The lungs are brighter here than what lies between them. If this film is inverted, or no chest film, what the model says of it has no meaning.'
    expect(inverted).toContain('what the classifier says')
    expect(CHEST_DOUBTS).toContain(former)
    expect(after(null, 'Near the threshold.', former)).toEqual(['Near the threshold.'])
    expect(after(inverted, former)).toEqual([inverted])
  })

  it('goes from the screen too', async () => {
    setActivePinia(createPinia())
    const audit = exampleRecord({ warnings: [unlike] })
    mainSide({ openCase: ({ caseId: id }) => exampleDetail(id, { audit }) })
    const openCase = useOpenCase()
    await openCase.open(caseId.parse('one'))
    openCase.takeZones({ report: { zones, bits: [], alarm: null }, warnings: [] })
    expect(openCase.audit?.warnings).toEqual([])
  })
})
