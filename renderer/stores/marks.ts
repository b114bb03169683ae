import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseId, CaseMarks, KeyImage, Measurement, MeasurementKind } from '../../contract'
import { MOST_KEY_IMAGES, MOST_MEASUREMENTS } from '../../contract/shared'
import { call } from '../api'
import { debounce } from '../composables/debounce'
import { kindNames, measurementText, type MeasuredFilm } from '../presentation/measurementWords'
import type { FilmPoint } from '../viewer'
import { NotNow, useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useWorklist } from './worklist'

/** A measurement being drawn: the places set so far and, last, the one under the cursor. */
export interface Draft {
  readonly kind: MeasurementKind
  readonly points: readonly FilmPoint[]
}

const SAVE_AFTER_MS = 300

/** What the reader marked on the open case: measurements and key images. Every change is saved by itself and can be undone. */
export const useMarks = defineStore('marks', () => {
  const notices = useNotices()
  const openCase = useOpenCase()
  const worklist = useWorklist()
  const measurements = shallowRef<readonly Measurement[]>([])
  const keyImages = shallowRef<readonly KeyImage[]>([])
  const selectedId = ref<number | null>(null)
  const draft = shallowRef<Draft | null>(null)
  const state = ref<'loading' | 'saved' | 'saving' | 'failed'>('loading')
  /** Whose marks these are; null until they have been read, so that nothing unread is ever written over. */
  let owner: CaseId | null = null

  const film = computed<MeasuredFilm | null>(() => {
    const header = openCase.detail?.header
    const pixels = openCase.pyramid?.[0]?.pixels
    return header && pixels ? { ...header, pixels } : null
  })
  /** What each measurement says, by its number. */
  const texts = computed(() => {
    const measured = film.value
    return new Map(measurements.value.map((one) => [one.id, measured ? measurementText(one, measured) : '']))
  })

  const saveSoon = debounce(() => void save(), SAVE_AFTER_MS)

  async function save(): Promise<void> {
    const caseId = owner
    if (!caseId) return
    const marks: CaseMarks = { measurements: [...measurements.value], keyImages: [...keyImages.value] }
    try {
      await call('saveMarks', { caseId, marks })
      if (owner === caseId && state.value === 'saving') state.value = 'saved'
    } catch (error) {
      if (owner === caseId) state.value = 'failed'
      notices.fail(error)
    }
  }

  function change(next: Partial<CaseMarks>): void {
    if (owner === null) throw new Error('The marks of this case could not be read. Open the case again.')
    // What is too much for the main side would keep all marks from being saved.
    if ((next.keyImages ?? []).length > MOST_KEY_IMAGES)
      throw new Error(`Remove a key image first: ${MOST_KEY_IMAGES} can be kept.`)
    if ((next.measurements ?? []).length > MOST_MEASUREMENTS)
      throw new Error(`Remove a measurement first: ${MOST_MEASUREMENTS} can be kept.`)
    measurements.value = next.measurements ?? measurements.value
    keyImages.value = next.keyImages ?? keyImages.value
    if (!measurements.value.some(({ id }) => id === selectedId.value)) selectedId.value = null
    state.value = 'saving'
    saveSoon()
  }

  /** Offers to put one thing back as it was, while the case is open; what was done to others since stays. */
  function offerUndo(what: string, takeBack: () => Partial<CaseMarks>): void {
    const mine = owner
    notices.offerUndo(what, () => {
      if (owner === mine) return change(takeBack())
      if (worklist.cases.some(({ id }) => id === mine)) throw new NotNow('Open that case again to take this back.')
      throw new Error('That case was removed, and its marks with it.')
    })
  }

  function addMeasurement(kind: MeasurementKind, points: readonly FilmPoint[]): void {
    const before = [...measurements.value]
    const id = nextId(before)
    change({ measurements: [...before, { id, kind, points: [...points] }] })
    selectedId.value = id
    const added = texts.value.get(id)
    offerUndo(`${kindNames[kind]} ${added} added.`, () => ({ measurements: without(measurements.value, id) }))
  }

  function removeMeasurement(id: number): void {
    const before = [...measurements.value]
    const gone = before.find((one) => one.id === id)
    if (!gone) return
    const text = texts.value.get(id)
    change({ measurements: without(before, id) })
    offerUndo(`${kindNames[gone.kind]} ${text} removed.`, () => ({ measurements: withAgain(measurements.value, gone) }))
  }

  function addKeyImage(image: Omit<KeyImage, 'id' | 'caption'>): void {
    const before = [...keyImages.value]
    const id = nextId(before)
    change({ keyImages: [...before, { ...image, id, caption: '' }] })
    offerUndo(`${image.title} kept as key image ${before.length + 1}.`, () => ({
      keyImages: without(keyImages.value, id),
    }))
  }

  function captionKeyImage(id: number, caption: string): void {
    change({ keyImages: keyImages.value.map((image) => (image.id === id ? { ...image, caption } : image)) })
  }

  function removeKeyImage(id: number): void {
    const gone = keyImages.value.find((image) => image.id === id)
    if (!gone) return
    change({ keyImages: without(keyImages.value, id) })
    offerUndo('Key image removed.', () => ({ keyImages: withAgain(keyImages.value, gone) }))
  }

  async function load(): Promise<void> {
    const { caseId } = openCase
    if (!caseId) return
    try {
      const marks = await call('marks', { caseId })
      if (openCase.caseId !== caseId) return
      measurements.value = marks.measurements
      keyImages.value = marks.keyImages
      owner = caseId
      state.value = 'saved'
    } catch (error) {
      if (openCase.caseId === caseId) state.value = 'failed'
      notices.fail(error)
    }
  }

  function close(): void {
    saveSoon.flush()
    owner = null
    state.value = 'loading'
    measurements.value = []
    keyImages.value = []
    selectedId.value = null
    draft.value = null
  }

  watch(() => openCase.caseId, close, { flush: 'sync' })
  watch(
    () => [openCase.caseId, openCase.state] as const,
    ([, now]) => {
      if (now === 'ready') void load()
    },
    { immediate: true },
  )

  return {
    ...{ measurements, keyImages, selectedId, draft, state, texts, film },
    ...{ addMeasurement, removeMeasurement, addKeyImage, captionKeyImage, removeKeyImage, flush: saveSoon.flush },
  }
})

interface Numbered {
  readonly id: number
}

const without = <T extends Numbered>(all: readonly T[], id: number): T[] => all.filter((one) => one.id !== id)

/** Back in its place: numbers rise in the order in which things were made. */
const withAgain = <T extends Numbered>(all: readonly T[], gone: T): T[] =>
  [...without(all, gone.id), gone].sort((a, b) => a.id - b.id)

const nextId = (numbered: readonly Numbered[]): number => Math.max(0, ...numbered.map(({ id }) => id)) + 1
