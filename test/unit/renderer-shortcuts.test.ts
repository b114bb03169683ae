import { describe, expect, it, vi } from 'vitest'
import { appliesIn, shortcutGroups } from '../../renderer/composables/shortcuts'

// It touches the browser's window as soon as it is loaded.
vi.mock('cornerstone-core', () => ({ default: {} }))

const views = ['workstation', 'cohort', 'lab', 'film'] as const

describe('the table of shortcuts', () => {
  it.each(views)('gives no key two meanings in the view %s', (view) => {
    const keys = shortcutGroups
      .filter((group) => appliesIn(group, view))
      .flatMap((group) => group.shortcuts.flatMap((shortcut) => shortcut.keys))
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('compares with an earlier film only where the worklist is known', () => {
    const compares = (view: (typeof views)[number]) =>
      shortcutGroups.some(
        (group) => appliesIn(group, view) && group.shortcuts.some(({ what }) => /earlier film/.test(what)),
      )
    expect(views.filter(compares)).toEqual(['workstation'])
  })

  it('prints every group and every key once, in words', () => {
    const titles = shortcutGroups.map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const { shortcuts } of shortcutGroups)
      for (const { keys, shown, what } of shortcuts) {
        expect(keys.length).toBeGreaterThan(0)
        expect(shown.length).toBeGreaterThan(0)
        expect(what).toMatch(/^[A-Z]/)
      }
  })

  it('writes keys as key presses are read: small letters', () => {
    for (const { shortcuts } of shortcutGroups)
      for (const { keys } of shortcuts) for (const key of keys) expect(key).toBe(key.toLowerCase())
  })
})
