import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { caseId, type FrameView } from '../../../contract'
import { deferred } from '../../../main/adapters/deferred'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { exampleRecord } from '../../support/exampleReport'
import { settled } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const one = caseId.parse('one')
const SIZE = 128 * 128
const frame = (level: number): FrameView => ({
  frame: 3,
  picture: new Uint8Array(SIZE).fill(level),
  map: new Float32Array(SIZE),
})

beforeEach(() => setActivePinia(createPinia()))

it('a picture of the former audit that comes after the new one is not shown as the new one’s', async () => {
  const late = deferred<FrameView>()
  const answers = [late.promise, Promise.resolve(frame(2))]
  mainSide({
    openCase: () => exampleDetail('one', { audit: exampleRecord() }),
    frame: () => answers.shift() ?? late.promise,
  })
  const openCase = useOpenCase()
  await openCase.open(one)
  void openCase.wantFrame(3)
  openCase.takeAudit(exampleRecord({ seed: 2 }), new Map())
  late.resolve(frame(1))
  await settled()
  expect(openCase.frames.has(3)).toBe(false)
  await openCase.wantFrame(3)
  expect(openCase.frames.get(3)?.picture[0]).toBe(2)
})
