import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseFindings, CaseId, Finding } from '../../contract'
import { EMPTY_FINDING } from '../../contract/shared'
import { call } from '../api'
import { debounce } from '../debounce'
import { changed, givenOf, missingAnswers } from '../presentation/findingWords'
import { NotNow, useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useSettings } from './settings'
import { useWorklist } from './worklist'

const TYPING_PAUSE_MS = 500

/** Whose finding of which case. */
interface Subject {
  readonly caseId: CaseId
  readonly reader: string
}

const stepsOf = ({ caseId, reader }: Subject) => `finding of ${caseId} by ${reader}`

/** The present reader's finding of the open case: kept as it is written, given as a whole. */
export const useFinding = defineStore('finding', () => {
  const notices = useNotices()
  const openCase = useOpenCase()
  const settings = useSettings()
  const worklist = useWorklist()
  const findings = shallowRef<CaseFindings | null>(null)
  /** Replaced as a whole, never changed inside: what goes to the main side must be plain. */
  const draft = shallowRef<Finding>(EMPTY_FINDING)
  /** `unread`: what was written before could not be read, and nothing is written over it. `failed`: not saved. */
  const state = ref<'loading' | 'unread' | 'saved' | 'editing' | 'saving' | 'failed'>('loading')
  const givingNow = ref(false)
  /** After "save and next" the keys go on working: the next film's first question takes the focus. */
  const wantsFocus = ref(false)
  /** What `draft` belongs to; the open case and reader may be others already. */
  let subject: Subject | null = null
  /** Counts edits and loads, so that a late answer does not pass for one to the present text. */
  let edits = 0

  const reader = computed(() => settings.values.reader.trim())
  const given = computed(() => givenOf(findings.value?.own ?? []))
  const isGiven = computed(() => findings.value?.own.at(-1)?.state === 'given')
  const hasDecision = computed(() => worklist.byId(openCase.caseId)?.decision != null)
  const missing = computed(() => missingAnswers(draft.value, hasDecision.value))

  const saveSoon = debounce(() => void save(), TYPING_PAUSE_MS)

  // At once: what is typed belongs to the case on screen, and must not be taken for the next one's.
  watch([() => (openCase.state === 'ready' ? openCase.caseId : null), reader], () => void load(), {
    immediate: true,
    flush: 'sync',
  })

  async function load(): Promise<void> {
    saveSoon.flush()
    // Not dropped with the form: tried once more, and a second failure is told.
    if (state.value === 'failed') void save()
    const mine = ++edits
    const { caseId } = openCase
    subject = null
    findings.value = null
    draft.value = EMPTY_FINDING
    state.value = 'loading'
    if (openCase.state !== 'ready' || caseId === null || reader.value === '') return
    const at = { caseId, reader: reader.value }
    const answer = await notices.attempt(() => call('reviewFindings', at))
    if (mine !== edits) return
    if (!answer) {
      wantsFocus.value = false
      state.value = 'unread'
      return
    }
    subject = at
    findings.value = answer
    const begun = answer.own.at(-1)?.finding
    // Notes of a case from before there were findings go over into the first reader's.
    const isFirst = answer.others.length === 0
    draft.value = begun ?? { ...EMPTY_FINDING, text: isFirst ? (openCase.detail?.notes ?? '') : '' }
    state.value = 'saved'
  }

  async function save(): Promise<void> {
    if (!subject) return
    saveSoon.cancel()
    const mine = ++edits
    state.value = 'saving'
    try {
      const answer = await call('reviewSave', { ...subject, finding: draft.value })
      if (mine !== edits) return
      findings.value = answer
      state.value = 'saved'
    } catch (error) {
      if (mine === edits) state.value = 'failed'
      notices.fail(error)
    }
  }

  /** Keeps what waits to be kept: before a report is made, or another reader takes over. */
  async function flush(): Promise<void> {
    if (state.value === 'editing' || state.value === 'failed') await save()
  }

  /** False, and said, where nothing can be written because the finding could not be read. */
  function isReadable(): boolean {
    if (state.value !== 'unread') return true
    notices.fail(new Error('This finding could not be read, so that nothing is written over it. Try again first.'))
    return false
  }

  /** A choice is kept at once, with an undo; no message covers the film for it, because the answer stands in the form. */
  function choose(change: Partial<Finding>, what: string): void {
    if (!isReadable() || !subject) return
    const before = draft.value
    draft.value = changed(before, change)
    void save()
    keepUndo(what, before)
  }

  /** Typed text is kept at the next pause. */
  function type(text: string): void {
    if (!isReadable() || !subject) return
    edits += 1
    draft.value = { ...draft.value, text }
    state.value = 'editing'
    saveSoon()
  }

  /** Leaving the text keeps it, with an undo of the whole edit. */
  function leaveText(before: string): void {
    saveSoon.flush()
    if (draft.value.text !== before) keepUndo('Text of the finding changed.', { ...draft.value, text: before })
  }

  /** For the case and reader on screen: another film's finding is not changed out of sight. */
  function keepUndo(what: string, before: Finding): void {
    const at = subject
    if (!at) return
    const takeBack = async () => {
      if (!isOnScreen(at)) throw notHere(at)
      const answer = await call('reviewSave', { ...at, finding: before })
      if (isOnScreen(at)) take(answer, before)
    }
    notices.keepUndo(what, takeBack, stepsOf(at))
  }

  const isOnScreen = (at: Subject) => subject?.caseId === at.caseId && subject.reader === at.reader
  const titleOf = (caseId: CaseId) => worklist.byId(caseId)?.title ?? null

  function notHere({ caseId, reader: name }: Subject): Error {
    const title = titleOf(caseId)
    if (title === null) return new Error('That case was removed, and its findings with it.')
    return new NotNow(`Open ${title} again, with ${name} as the reader, to take this back.`)
  }

  function take(answer: CaseFindings, finding: Finding): void {
    edits += 1
    findings.value = answer
    draft.value = finding
    state.value = 'saved'
  }

  /** The reader's word. Answers whether it was given. */
  async function give(): Promise<boolean> {
    const at = subject
    if (!isReadable() || !at || givingNow.value) return false
    if (missing.value.length > 0) {
      notices.say(`Say first ${missing.value.join(' and ')}.`)
      return false
    }
    saveSoon.cancel()
    const mine = ++edits
    const finding = draft.value
    givingNow.value = true
    const answer = await notices.attempt(() => call('reviewGive', { ...at, finding }))
    givingNow.value = false
    if (!answer) return false
    if (mine === edits) take(answer, finding)
    // What was given is taken back as a whole: a single step would change it behind the reader's word.
    notices.forgetUndos(stepsOf(at))
    if (answer.others.length === 0) offerTakeBack(at)
    else notices.say(givenText(at))
    return true
  }

  const givenText = ({ caseId }: Subject) => `Finding of ${titleOf(caseId) ?? 'a removed case'} given.`

  /** Leads back to its film, which "save and next" has left. */
  function offerTakeBack(at: Subject): void {
    notices.offerUndo(givenText(at), async () => {
      if (reader.value !== at.reader) throw notHere(at)
      const answer = await call('reviewTakeBack', at)
      if (isOnScreen(at)) take(answer, draft.value)
      else worklist.selectedId = at.caseId
    })
  }

  async function giveAndNext(): Promise<void> {
    if (!(await give())) return
    if (worklist.openNext()) wantsFocus.value = true
    else notices.say('Finding given. The queue holds no further film.')
  }

  return {
    reader,
    findings,
    draft,
    state,
    given,
    isGiven,
    hasDecision,
    missing,
    givingNow,
    wantsFocus,
    load,
    choose,
    type,
    leaveText,
    give,
    giveAndNext,
    flush,
    saveWaiting: saveSoon.flush,
  }
})
