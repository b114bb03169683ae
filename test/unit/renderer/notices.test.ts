import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { useNotices } from '../../../renderer/stores/notices'
import { mainSide } from '../../support/windowSide'

it('a file that was saved is named, and shown in its folder on request', async () => {
  setActivePinia(createPinia())
  const showInFolder = vi.fn(() => null)
  mainSide({ showInFolder })
  const notices = useNotices()
  notices.saved('Report', 'C:\\reports\\one.pdf')
  expect(notices.current).toMatchObject({ text: 'Report saved as one.pdf.', action: { label: 'Show in folder' } })
  notices.current?.action?.run()
  await vi.waitFor(() => expect(showInFolder).toHaveBeenCalledWith({ path: 'C:\\reports\\one.pdf' }))
})

it('the last fifty steps can be taken back, and no older one', async () => {
  setActivePinia(createPinia())
  const notices = useNotices()
  const taken: number[] = []
  const steps = Array.from({ length: 51 }, (_, i) => i + 1)
  for (const step of steps) notices.keepUndo(`Step ${step}.`, () => void taken.push(step))
  for (let i = 0; i < 60; i++) await notices.undo()
  expect(taken).toEqual(steps.slice(1).reverse())
  expect(notices.current?.text).toBe('Nothing to undo.')
})
