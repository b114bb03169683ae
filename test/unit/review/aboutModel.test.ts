import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, modelAnswer, sha256, type CaseId, type Finding, type ModelName } from '../../../contract'
import { aboutWords, areAboutOne } from '../../../renderer/presentation/aboutWords'
import { findingLines, findingSummary } from '../../../renderer/presentation/findingWords'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedModels, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const [before, after] = [sha256.parse('a'.repeat(64)), sha256.parse('e'.repeat(64))]
const answer: Finding = { effusion: 'left', size: null, agrees: 'yes', reasons: [], text: '' }

/** A film that was read while one classifier decided, and is open while another one does. */
async function readUnderTwo() {
  let models = scriptedModels(before)
  const choosing = { ...models, describe: (name: ModelName) => models.describe(name) }
  const { workstation, events } = await scriptedWorkstation(temporaryFolder(), { models: choosing })
  const { added } = await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
  const at = { caseId: added[0] as CaseId, reader: 'A' }
  await ask(workstation, 'reviewGive', { ...at, finding: answer })
  models = scriptedModels(after)
  events.length = 0
  await ask(workstation, 'useClassifier', { name: BUNDLED_CLASSIFIER })
  await until(() => events.some((event) => event.type === 'case' && event.summary.decision === true))
  const own = async (call: 'reviewGive' | 'reviewSave', finding: Finding) =>
    (await ask(workstation, call, { ...at, finding })).own.map(({ state, about }) => [state, about?.sha256])
  return { workstation, at, own }
}

describe('a reader’s agreement with the model', () => {
  it('is kept with what that classifier said, and stays about it when another one decides', async () => {
    const { workstation, at, own } = await readUnderTwo()
    expect((await ask(workstation, 'reviewFindings', at)).own[0]?.about).toEqual({
      ...{ name: BUNDLED_CLASSIFIER, sha256: before, probability: 0.75, present: true, threshold: 0.5 },
    })
    expect(await own('reviewGive', { ...answer, text: 'more' })).toEqual([
      ['given', before],
      ['given', before],
    ])
    await workstation.close()
  })

  it('is about the one that decides now once it was taken back and given again', async () => {
    const { workstation, own } = await readUnderTwo()
    expect(await own('reviewSave', { ...answer, agrees: null })).toEqual([
      ['given', before],
      ['draft', undefined],
    ])
    expect((await own('reviewSave', answer)).at(-1)).toEqual(['draft', after])
    expect(await own('reviewGive', answer)).toEqual([
      ['given', before],
      ['given', after],
    ])
    await workstation.close()
  })
})

describe('the window', () => {
  const about = modelAnswer.parse({
    ...{ name: BUNDLED_CLASSIFIER, sha256: before, probability: 0.75, present: true, threshold: 0.5 },
  })
  const decides = { name: BUNDLED_CLASSIFIER, sha256: before, threshold: 0.5 }
  const other = modelAnswer.parse({ ...about, name: 'effusion-128-b', sha256: after })

  it('says of an agreement with another classifier, or an unknown one, that it is', () => {
    expect(aboutWords(about, decides)).toBeNull()
    expect(aboutWords(about, null)).toBeNull()
    expect(aboutWords(other, decides)).toBe('about the classifier effusion-128-b')
    expect(aboutWords({ ...about, threshold: 0.4 }, decides)).toBe('about another version of effusion-128')
    expect(aboutWords(undefined, decides)).toContain('not recorded')
    expect(findingSummary({ finding: answer, about }, decides)).toBe('Left · agrees with the classifier: yes')
    expect(findingSummary({ finding: answer, about: other }, decides)).toContain('yes, about the classifier')
    expect(findingLines({ finding: { ...answer, agrees: null } }, decides)[2]?.value).toBe('–')
  })

  it('does not compare what two readers say of two classifiers', () => {
    expect(areAboutOne([{ about }, { about: { ...about, probability: 0.7 } }, { about }])).toBe(true)
    expect(areAboutOne([{ about }, { about: other }])).toBe(false)
    expect(areAboutOne([{ about }, {}])).toBe(false)
  })
})
