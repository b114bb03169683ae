import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CaseId, CaseSummary } from '../../contract'
import { call } from '../api'
import { count } from '../presentation/words'
import { useFinding } from './finding'
import { useMarks } from './marks'
import { useWorklist } from './worklist'

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Removing a case, with a word on what goes with it. What readers wrote and marked goes only after a yes: no import brings it back. */
export const useRemoving = defineStore('removing', () => {
  const finding = useFinding()
  const marks = useMarks()
  const worklist = useWorklist()
  /** The case that waits for a yes, and what would go with it. */
  const asked = shallowRef<{ readonly entry: CaseSummary; readonly along: string } | null>(null)

  async function ask(entry: CaseSummary): Promise<void> {
    // What waits to be saved is counted too.
    marks.flush()
    await finding.flush()
    const work = await call('reviewReaders', null)
      .then((readers) => readersWork(entry.id, readers))
      .catch(() => ['whatever readers wrote and marked'])
    const along = listed.format([...(entry.audit ? ['its audit'] : []), ...work])
    if (work.length > 0) asked.value = { entry, along }
    else worklist.remove(entry, along)
  }

  /** Of these, those that go without a loss: no audit, nothing that a reader wrote or marked. */
  async function withoutWork(entries: readonly CaseSummary[]): Promise<CaseSummary[]> {
    marks.flush()
    await finding.flush()
    const readers = await call('reviewReaders', null)
    const works = await Promise.all(entries.map(({ id, audit }) => (audit ? ['its audit'] : readersWork(id, readers))))
    return entries.filter((_, i) => works[i]?.length === 0)
  }

  function confirm(): void {
    const now = asked.value
    asked.value = null
    if (now) worklist.remove(now.entry, now.along)
  }

  return { asked, ask, withoutWork, confirm }
})

/** "2 findings", one a reader, drafts among them; "1 measurement"; "3 key images": what there is of each. */
async function readersWork(caseId: CaseId, readers: readonly string[]): Promise<string[]> {
  const marks = await call('marks', { caseId, reader: '' })
  const findings = await Promise.all(readers.map((reader) => call('reviewFindings', { caseId, reader })))
  const counted: readonly (readonly [number, string])[] = [
    [findings.filter(({ own }) => own.length > 0).length, 'finding'],
    [marks.measurements.length + marks.hidden.measurements, 'measurement'],
    [marks.keyImages.length + marks.hidden.keyImages, 'key image'],
  ]
  return counted.filter(([number]) => number > 0).map(([number, one]) => count(number, one))
}
