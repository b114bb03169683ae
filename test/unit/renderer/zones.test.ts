import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, SimpleBitsError, type AuditRecord, type Zones, type ZoneView } from '../../../contract'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useShell } from '../../../renderer/stores/shell'
import { useWay } from '../../../renderer/stores/way'
import { useZones } from '../../../renderer/stores/zones'
import { exampleAlarm } from '../../support/exampleAlarm'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, mainSide } from '../../support/windowSide'

const outline = (x: number) => ({
  points: Array.from({ length: 6 }, (_, i) => ({ x, y: 10 * i })),
  ...{ confidence: 1, baseExtrapolated: false },
})
const automatic: Zones = {
  ...{ version: 'zones/1', source: 'automatic', sure: true, reasons: [] },
  ...{ pictureLeft: outline(30), pictureRight: outline(90) },
}

/** A main side that keeps outlines; `save` answers a save when the test says so, or refuses it. */
function keeper(audit: AuditRecord | null = null) {
  const saved: [string, Zones | null][] = []
  const script = { wait: Promise.resolve(), refuse: false, saved }
  const view = (zones: Zones): ZoneView => ({
    zones,
    labels: new Uint8Array(0),
    chestDoubt: null,
    report: null,
    warnings: null,
  })
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id, { audit }),
    zones: () => view(automatic),
    async saveZones({ caseId: id, zones }) {
      saved.push([id, zones])
      await script.wait
      if (script.refuse) throw new SimpleBitsError('WRITE_FAILED', 'The disk is full.')
      return view(zones ?? automatic)
    },
  })
  return script
}

async function opened(id = 'one') {
  const zones = useZones()
  await useOpenCase().open(caseId.parse(id))
  await vi.advanceTimersByTimeAsync(0)
  return zones
}

/** An arrow key on the first point of the left outline, as the overlay takes it. */
function nudge(zones: ReturnType<typeof useZones>): void {
  const point = zones.zones?.pictureLeft.points[0]
  if (!point) throw new Error('there is no outline')
  zones.drag('pictureLeft', 0, { x: point.x + 1, y: point.y })
  zones.dropSoon()
}
const firstX = (zones: Zones | null | undefined) => zones?.pictureLeft.points[0]?.x

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

describe('a held arrow key on an outline', () => {
  it('loses no step and is one correction, taken back as a whole', async () => {
    const { saved } = keeper()
    const zones = await opened()
    for (let step = 0; step < 5; step++) {
      nudge(zones)
      await vi.advanceTimersByTimeAsync(30)
    }
    await vi.advanceTimersByTimeAsync(1000)
    expect(saved.map(([, next]) => firstX(next))).toEqual([35])
    expect(firstX(zones.zones)).toBe(35)
    await useNotices().undo()
    expect(firstX(zones.zones)).toBe(30)
  })

  it('loses no step that is made while the ones before are being saved', async () => {
    const script = keeper()
    const zones = await opened()
    let done: () => void = () => undefined
    script.wait = new Promise((resolve) => (done = resolve))
    nudge(zones)
    await vi.advanceTimersByTimeAsync(400)
    nudge(zones)
    done()
    await vi.advanceTimersByTimeAsync(0)
    expect(firstX(zones.zones)).toBe(32)
    await vi.advanceTimersByTimeAsync(1000)
    expect(script.saved.map(([, next]) => firstX(next))).toEqual([31, 32])
    await useNotices().undo()
    expect(firstX(zones.zones)).toBe(31)
  })

  it('is kept under its case when another one is opened at once', async () => {
    const { saved } = keeper()
    const zones = await opened()
    nudge(zones)
    await opened('two')
    await vi.advanceTimersByTimeAsync(1000)
    expect(saved.map(([id, next]) => [id, firstX(next)])).toEqual([['one', 31]])
    expect(firstX(zones.zones)).toBe(30)
  })

  it('does not come back after the outlines were set back to the automatic ones', async () => {
    const { saved } = keeper()
    const zones = await opened()
    nudge(zones)
    await zones.reset()
    await vi.advanceTimersByTimeAsync(1000)
    expect(saved).toEqual([['one', null]])
    expect(firstX(zones.zones)).toBe(30)
  })
})

it('an undo of outlines that cannot be saved does not say that it was done', async () => {
  const script = keeper()
  const zones = await opened()
  nudge(zones)
  await zones.drop()
  script.refuse = true
  await useNotices().undo()
  expect(useNotices().current).toMatchObject({ kind: 'error', text: 'The disk is full.' })
})

it('the alarm’s frame is not drawn in the film’s own window, which may know only an earlier audit', async () => {
  const place = { x: 100, y: 4, width: 22, height: 28 }
  const alarm = exampleAlarm({ place })
  keeper(exampleRecord({ zones: { zones: automatic, bits: [], alarm } }))
  const zones = await opened()
  expect(zones.alarmPlace).toEqual(place)
  useShell().view = 'film'
  expect(zones.alarmPlace).toBeNull()
})

describe('on the way', () => {
  const zoneBits = [
    { zone: 'border' as const, pixels: 16384, area: 1, bits: 9000, filmBits: 20_000, share: 0.19, filmShare: 0.3 },
  ]
  const place = { x: 100, y: 4, width: 22, height: 28 }
  const alarm = exampleAlarm({ place })

  it('the alarm’s frame stands on the picture that was judged, and on no other', async () => {
    keeper(exampleRecord({ zones: { zones: automatic, bits: zoneBits, alarm } }))
    const [zones, way] = [await opened(), useWay()]
    expect([way.atChosen, zones.alarmPlace]).toEqual([true, place])
    way.moveBy(-1)
    expect(zones.alarmPlace).toBeNull()
    way.toChosen()
    expect(zones.alarmPlace).toEqual(place)
  })

  it('the chosen result has the record’s figures by zone, which the report prints', async () => {
    keeper(exampleRecord({ zones: { zones: automatic, bits: zoneBits, alarm: null } }))
    const [zones, way] = [await opened(), useWay()]
    expect(zones.rows).toEqual(zoneBits)
    way.moveBy(-1)
    await vi.advanceTimersByTimeAsync(0)
    expect(zones.rows).not.toEqual(zoneBits)
  })
})
