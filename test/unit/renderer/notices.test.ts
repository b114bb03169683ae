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
