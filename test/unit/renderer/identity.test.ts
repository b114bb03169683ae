import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useWindowTitle } from '../../../renderer/composables/useWindowTitle'
import { caseLine, patientWords, windowTitle } from '../../../renderer/presentation/caseWords'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useShell } from '../../../renderer/stores/shell'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const patient = { title: 'Doe, Jane', patientLine: 'F · 58 y · PA' }

describe('whose film it is', () => {
  it('stands in one line, also where the file says nothing beside the name', () => {
    expect(caseLine(patient)).toBe('Doe, Jane · F · 58 y · PA')
    expect(caseLine({ ...patient, patientLine: '' })).toBe('Doe, Jane')
    expect(patientWords({ patientLine: '' })).toBe('No patient data')
  })

  it('comes first in the title of either window', () => {
    expect(windowTitle(patient, 'main')).toBe('Doe, Jane · F · 58 y · PA – SimpleBits workstation')
    expect(windowTitle(patient, 'film')).toBe('Doe, Jane · F · 58 y · PA – Film – SimpleBits workstation')
    expect(windowTitle(null, 'main')).toBe('SimpleBits workstation')
  })
})

describe('the title of the window', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    mainSide({
      openCase: ({ caseId }) => exampleDetail(caseId, { summary: exampleSummary(caseId, { patientLine: 'F · 58 y' }) }),
    })
    vi.stubGlobal('document', { title: '' })
  })

  it('follows the open film, and names nobody elsewhere or behind a locked door', async () => {
    const scope = effectScope()
    scope.run(() => useWindowTitle('main'))
    const [openCase, shell] = [useOpenCase(), useShell()]
    await openCase.open(exampleDetail('one').summary.id)
    await nextTick()
    expect(document.title).toBe('Film one · F · 58 y – SimpleBits workstation')
    shell.view = 'lab'
    await nextTick()
    expect(document.title).toBe('SimpleBits workstation')
    shell.view = 'workstation'
    await nextTick()
    expect(document.title).toContain('Film one')
    scope.stop()
    expect(document.title).toBe('SimpleBits workstation')
  })
})
