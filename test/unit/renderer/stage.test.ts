import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { caseId } from '../../../contract'
import { useProbe } from '../../../renderer/composables/useProbe'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useStage } from '../../../renderer/stores/stage'
import { exampleDetail, mainSide } from '../../support/windowSide'

/** A film whose modality values fall as its stored ones rise; all of its pixels are stored as 0. */
const falling = { slope: -2, intercept: 500, minPixel: 0, maxPixel: 200, voi: [] }

async function open(id: string): Promise<void> {
  await useOpenCase().open(caseId.parse(id))
}

beforeEach(() => {
  setActivePinia(createPinia())
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id, { header: { ...exampleDetail(id).header, ...falling } }),
  })
})

it('the full range of a film is that of its modality values, from the smallest to the largest', async () => {
  await open('one')
  expect(useStage().presets.at(-1)).toMatchObject({ name: 'Full range', voi: { center: 300, width: 400 } })
})

it('the probe tells the place on the film and its modality value', async () => {
  const stage = useStage()
  await open('one')
  stage.cursor = { x: 2.5, y: 3.5 }
  expect(useProbe().value).toMatchObject({ place: '2, 3', value: '500' })
  stage.cursor = { x: -1, y: 3.5 }
  expect(useProbe().value).toMatchObject({ place: 'outside the film', value: null })
})

it.each(['another film', 'a reset'])('%s is shown as it is again, not inverted', async (what) => {
  const stage = useStage()
  await open('one')
  stage.invert = true
  if (what === 'a reset') stage.reset()
  else await open('two')
  expect(stage.invert).toBe(false)
})
