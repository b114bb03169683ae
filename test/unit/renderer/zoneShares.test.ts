import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { bitsByZone, caseId, type Zones } from '../../../contract'
import { useLiveAudits } from '../../../renderer/stores/liveAudits'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useZones } from '../../../renderer/stores/zones'
import { exampleRecord } from '../../support/exampleReport'
import { settled } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const SIZE = 128 * 128
const lung = {
  points: Array.from({ length: 6 }, (_, i) => ({ x: 30, y: 10 * i })),
  ...{ confidence: 1, baseExtrapolated: false },
}
const zones: Zones = {
  ...{ version: 'zones/1', source: 'automatic', sure: true, reasons: [] },
  ...{ pictureLeft: lung, pictureRight: lung },
}
/** The upper half of the picture is one zone, dearer when flat, the lower half another. */
const labels = new Uint8Array(SIZE).fill(1, SIZE / 2)
const flatMap = new Float32Array(SIZE).fill(0.4).fill(0.7, 0, SIZE / 2)
const picture = new Uint8Array(SIZE)
const original = new Float32Array(SIZE).fill(3)
const simplified = new Float32Array(SIZE).fill(1)

async function open(kept: boolean, detail?: Uint8Array) {
  setActivePinia(createPinia())
  const audit = exampleRecord()
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id, { audit }),
    zones: () => ({ zones, labels, chestDoubt: null, report: null, warnings: null }),
    frame: ({ frame }) =>
      frame === -1
        ? { frame, picture, map: original, ...(kept ? { flatMap } : {}) }
        : { frame, picture, map: simplified, ...(detail ? { detail } : {}) },
  })
  const store = useZones()
  await useOpenCase().open(caseId.parse('one'))
  for (let turn = 0; turn < 5; turn++) await settled()
  return { store, flatBits: audit.flatBits }
}

it('shares by zone on screen count from the flat picture’s own map where the audit kept it', async () => {
  for (const kept of [true, false]) {
    const { store, flatBits } = await open(kept)
    const maps = { original, simplified, flatBits }
    expect(store.rows).toEqual(bitsByZone(labels, kept ? { ...maps, flat: flatMap } : maps))
  }
})

it('so do those of an audit that is running', async () => {
  const { store } = await open(true)
  const figures = { bits: 3 * SIZE, bpd: 3, probability: 0.8, matchingDistance: 0.2 }
  const of = { type: 'auditStarted', caseId: caseId.parse('one'), original: figures, threshold: 0.5 } as const
  const flatBits = 0.55 * SIZE
  const live = new Float32Array(SIZE).fill(0.7).fill(0.4, 0, SIZE / 2)
  useLiveAudits().take({ ...of, flatBits, flatMap: live, originalMap: original })
  await settled()
  expect(store.rows).toEqual(bitsByZone(labels, { original, simplified: original, flatBits, flat: live }))
})

it('the detail left in each zone is there where the audit kept it', async () => {
  const { store } = await open(true, new Uint8Array(SIZE).fill(51).fill(102, SIZE / 2))
  const detailed = store.rows?.flatMap(({ detail }) => detail ?? [])
  expect(detailed?.map((share) => share.toFixed(3))).toEqual(['0.200', '0.400'])
  const { store: earlier } = await open(true)
  expect(earlier.rows?.filter(({ detail }) => detail !== undefined)).toEqual([])
})
