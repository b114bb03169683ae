import { describe, expect, it } from 'vitest'
import { decodeWorkerFile } from '../../../main/adapters/dicom'

describe('the decoding thread’s program', () => {
  it('lies beside a packaged app’s archive, in which a thread loads no codec', () => {
    expect(decodeWorkerFile('file:///opt/app.asar.tools/resources/app.asar/out/electron/main.cjs')).toBe(
      '/opt/app.asar.tools/resources/app.asar.unpacked/out/electron/decodeWorker.cjs',
    )
  })

  it('lies beside the bundle of a working tree', () => {
    expect(decodeWorkerFile('file:///tree/out/electron/cli.cjs')).toBe('/tree/out/electron/decodeWorker.cjs')
  })
})
