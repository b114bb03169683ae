import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { caseId } from '../../../contract'
import { useKeptPane } from '../../../renderer/composables/useKeptPane'
import { FILM_FRAME } from '../../../contract/shared'
import { useBitMap } from '../../../renderer/stores/bitMap'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useStage } from '../../../renderer/stores/stage'
import { useWay } from '../../../renderer/stores/way'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, mainSide } from '../../support/windowSide'

const SIZE = 128 * 128

beforeEach(async () => {
  setActivePinia(createPinia())
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id, { audit: exampleRecord() }),
    frame: ({ frame }) => ({
      frame,
      picture: new Uint8Array(SIZE),
      map: new Float32Array(SIZE).fill(frame === FILM_FRAME ? 4.7 : 1),
    }),
  })
  useWay()
  await useOpenCase().open(caseId.parse('one'))
  await new Promise((resolve) => setTimeout(resolve, 0))
})

it('colours end where the film’s map does, so that maps compare, unless they are fitted to the one shown', async () => {
  const [bitMap, stage] = [useBitMap(), useStage()]
  const high = () => bitMap.shown?.range.high
  expect(high()).toBeCloseTo(4.7)
  stage.fitColours = true
  expect(high()).toBeCloseTo(1)
  expect(useKeptPane('bitmap').value.shows).toContain('colours fitted to this map')
  stage.mapMode = 'original'
  expect(high()).toBeCloseTo(4.7)
  expect(useKeptPane('bitmap').value.shows).not.toContain('fitted')
})

it('the next film is compared again', async () => {
  useStage().fitColours = true
  await useOpenCase().open(caseId.parse('two'))
  expect(useStage().fitColours).toBe(false)
})
