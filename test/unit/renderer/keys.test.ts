import { describe, expect, it } from 'vitest'
import { appliesIn, keyGroups } from '../../../renderer/composables/keys'

const views = ['workstation', 'cohort', 'lab', 'film'] as const

describe('the table of keys', () => {
  it.each(views)('gives no key two meanings in the view %s', (view) => {
    const keys = keyGroups
      .filter((group) => appliesIn(group, view))
      .flatMap((group) => group.bindings.flatMap((binding) => binding.keys))
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('compares with an earlier film only where the worklist is known', () => {
    const compares = (view: (typeof views)[number]) =>
      keyGroups.some((group) => appliesIn(group, view) && group.bindings.some(({ what }) => /earlier film/.test(what)))
    expect(views.filter(compares)).toEqual(['workstation'])
  })

  it('prints every group and every key once, in words', () => {
    const titles = keyGroups.map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const { bindings } of keyGroups)
      for (const { keys, shown, what } of bindings) {
        expect(keys.length).toBeGreaterThan(0)
        expect(shown.length).toBeGreaterThan(0)
        expect(what).toMatch(/^[A-Z]/)
      }
  })

  it('writes keys as key presses are read: small letters', () => {
    for (const { bindings } of keyGroups)
      for (const { keys } of bindings) for (const key of keys) expect(key).toBe(key.toLowerCase())
  })
})
