import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseId, CaseMarks, HiddenMarks, KeyImage, Measurement, MeasurementKind } from '../../contract'
import { MOST_KEY_IMAGES, MOST_MEASUREMENTS } from '../../contract/shared'
import { call } from '../api'
import { debounce } from '../debounce'
import { kindNames, measurementText, type MeasuredFilm } from '../presentation/measurementWords'
import type { FilmPoint } from '../viewer'
import { useFinding } from './finding'
import { NotNow, useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useShell } from './shell'
import { useWorklist } from './worklist'

/** A measurement being drawn: the places set so far and, last, the one under the cursor. */
interface Draft {
  readonly kind: MeasurementKind
  readonly points: readonly FilmPoint[]
}

const SAVE_AFTER_MS = 300
const NONE_HIDDEN: HiddenMarks = { measurements: 0, keyImages: 0, lastId: 0 }

/** What the reader marked on the open case: measurements and key images. Every change is saved by itself and can be undone. */
export const useMarks = defineStore('marks', () => {
  const finding = useFinding()
  const notices = useNotices()
  const openCase = useOpenCase()
  const shell = useShell()
  const worklist = useWorklist()
  const measurements = shallowRef<readonly Measurement[]>([])
  const keyImages = shallowRef<readonly KeyImage[]>([])
  /** How much is hidden until this reader has given a finding: that somebody measured something would be a hint. */
  const hidden = shallowRef<HiddenMarks>(NONE_HIDDEN)
  const selectedId = ref<number | null>(null)
  const draft = shallowRef<Draft | null>(null)
  const state = ref<'loading' | 'saved' | 'saving' | 'failed'>('loading')
  /** Whose marks these are; null until they have been read, so that nothing unread is ever written over. */
  let owner: CaseId | null = null
  /** Who marks; empty where nobody is named. */
  let reader = ''

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
    const marks = { measurements: measurements.value.filter(isMine), keyImages: keyImages.value.filter(isMine) }
    try {
      await call('saveMarks', { caseId, reader, marks })
      if (owner === caseId && state.value === 'saving') state.value = 'saved'
    } catch (error) {
      if (owner === caseId) state.value = 'failed'
      notices.fail(error)
    }
  }

  function change(next: Partial<CaseMarks>): void {
    if (owner === null) throw new Error('The marks of this film could not be read. Open the film again.')
    // What is too much for the main side would keep all marks of this reader from being saved.
    if ((next.keyImages ?? []).filter(isMine).length > MOST_KEY_IMAGES)
      throw new Error(`Remove a key image first: ${MOST_KEY_IMAGES} can be kept.`)
    if ((next.measurements ?? []).filter(isMine).length > MOST_MEASUREMENTS)
      throw new Error(`Remove a measurement first: ${MOST_MEASUREMENTS} can be kept.`)
    measurements.value = next.measurements ?? measurements.value
    keyImages.value = next.keyImages ?? keyImages.value
    if (!measurements.value.some(({ id }) => id === selectedId.value)) selectedId.value = null
    state.value = 'saving'
    saveSoon()
  }

  /** Offers to put one thing back as it was, while the case is open; what was done to others since stays. */
  function offerUndo(what: string, takeBack: () => Partial<CaseMarks>): void {
    const [mine, by] = [owner, reader]
    notices.offerUndo(what, () => {
      if (owner === mine && reader === by) return change(takeBack())
      if (owner === mine) throw new NotNow(`Make ${by || 'nobody'} the reader again to take this back.`)
      if (openCase.caseId === mine) throw new NotNow('The marks of this film are not read yet. Try again in a moment.')
      const left = worklist.byId(mine)
      if (left) throw new NotNow(`Open ${left.title} again to take this back.`)
      throw new Error('That film was removed, and its marks with it.')
    })
  }

  function addMeasurement(kind: MeasurementKind, points: readonly FilmPoint[]): void {
    const before = [...measurements.value]
    const id = nextId(before)
    change({ measurements: [...before, { id, kind, points: [...points], ...byMe() }] })
    selectedId.value = id
    const added = texts.value.get(id)
    offerUndo(`${kindNames[kind]} ${added} added.`, () => ({ measurements: without(measurements.value, id) }))
  }

  function removeMeasurement(id: number): void {
    const before = [...measurements.value]
    const gone = before.find((one) => one.id === id)
    if (!gone || !isMine(gone)) return
    const text = texts.value.get(id)
    change({ measurements: without(before, id) })
    offerUndo(`${kindNames[gone.kind]} ${text} removed.`, () => ({ measurements: withAgain(measurements.value, gone) }))
  }

  function addKeyImage(image: Omit<KeyImage, 'id' | 'caption'>): void {
    const before = [...keyImages.value]
    const id = nextId(before)
    change({ keyImages: [...before, { ...image, id, caption: '', ...byMe() }] })
    offerUndo(`${image.title} kept as key image ${before.length + 1}.`, () => ({
      keyImages: without(keyImages.value, id),
    }))
  }

  function captionKeyImage(id: number, caption: string): void {
    if (!keyImages.value.some((image) => image.id === id && isMine(image))) return
    change({ keyImages: keyImages.value.map((image) => (image.id === id ? { ...image, caption } : image)) })
  }

  function removeKeyImage(id: number): void {
    const gone = keyImages.value.find((image) => image.id === id)
    if (!gone || !isMine(gone)) return
    change({ keyImages: without(keyImages.value, id) })
    offerUndo('Key image removed.', () => ({ keyImages: withAgain(keyImages.value, gone) }))
  }

  async function load(): Promise<void> {
    const { caseId } = openCase
    // The film's own window is told what it shows.
    if (!caseId || shell.view === 'film') return
    const by = finding.reader
    try {
      const marks = await call('marks', { caseId, reader: by })
      if (openCase.caseId !== caseId || finding.reader !== by) return
      measurements.value = marks.measurements
      keyImages.value = marks.keyImages
      hidden.value = marks.hidden
      owner = caseId
      reader = by
      state.value = 'saved'
    } catch (error) {
      if (openCase.caseId === caseId) state.value = 'failed'
      notices.fail(error)
    }
  }

  /** Brings in what other readers marked, once it may be seen; what this one marks meanwhile stays. */
  async function reveal(): Promise<void> {
    const [caseId, by] = [owner, reader]
    if (!caseId || hidden.value.lastId === 0) return
    const marks = await notices.attempt(() => call('marks', { caseId, reader: by }))
    if (!marks || owner !== caseId || reader !== by) return
    measurements.value = withOthers(measurements.value, marks.measurements)
    keyImages.value = withOthers(keyImages.value, marks.keyImages)
    hidden.value = marks.hidden
  }

  const isMine = (mark: Marked) => mark.reader === undefined || mark.reader === reader
  const byMe = () => (reader === '' ? {} : { reader })
  const nextId = (numbered: readonly Marked[]): number =>
    Math.max(hidden.value.lastId, ...numbered.map(({ id }) => id)) + 1
  const withOthers = <T extends Marked>(now: readonly T[], stored: readonly T[]): T[] =>
    [...now.filter(isMine), ...stored.filter((mark) => !isMine(mark))].sort((a, b) => a.id - b.id)

  function close(): void {
    saveSoon.flush()
    // Not dropped with the film: tried once more, and a second failure is told.
    if (state.value === 'failed') void save()
    owner = null
    state.value = 'loading'
    measurements.value = []
    keyImages.value = []
    hidden.value = NONE_HIDDEN
    selectedId.value = null
    draft.value = null
  }

  watch([() => openCase.caseId, () => finding.reader], close, { flush: 'sync' })
  watch(
    () => [openCase.caseId, openCase.state, finding.reader] as const,
    ([, now]) => {
      if (now === 'ready') void load()
    },
    { immediate: true },
  )
  watch(
    () => finding.given.length,
    (given) => {
      if (given > 0) void reveal()
    },
  )

  return {
    measurements,
    keyImages,
    isMine,
    selectedId,
    draft,
    state,
    texts,
    film,
    addMeasurement,
    removeMeasurement,
    addKeyImage,
    captionKeyImage,
    removeKeyImage,
    flush: saveSoon.flush,
  }
})

interface Marked {
  readonly id: number
  readonly reader?: string | undefined
}

const without = <T extends Marked>(all: readonly T[], id: number): T[] => all.filter((one) => one.id !== id)

/** Back in its place: numbers rise in the order in which things were made. */
const withAgain = <T extends Marked>(all: readonly T[], gone: T): T[] =>
  [...without(all, gone.id), gone].sort((a, b) => a.id - b.id)
