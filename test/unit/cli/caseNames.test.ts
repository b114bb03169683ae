import { describe, expect, it } from 'vitest'
import { safeName, uniqueName } from '../../../main/domain/caseNames'

describe('a folder name from a file name', () => {
  it.each([
    ['00000061_012.png', '00000061_012'],
    ['Scan 3 (AP).dcm', 'Scan-3-AP'],
    ['Müller, Ünal.DCM', 'Mu-ller-U-nal'],
    ['1.2.840.10008.5', '1.2.840.10008.5'],
    ['../../etc/passwd', 'etc-passwd'],
    ['../..', 'case'],
    ['', 'case'],
    ['胸部.jpg', 'case'],
    ['con.dcm', 'case-con'],
    ['LPT1.png', 'case-LPT1'],
  ])('%s → %s', (file, name) => {
    expect(safeName(file)).toBe(name)
  })
  it('is never longer than a file system takes', () => {
    expect(safeName('x'.repeat(500)).length).toBeLessThanOrEqual(80)
  })
  it('ends in a letter or digit where it is cut: Windows drops a point at the end', () => {
    expect(safeName(`${'x'.repeat(79)}.5.dcm`)).toBe('x'.repeat(79))
  })
  it('is unique, also where upper and lower case are one', () => {
    const taken = new Set<string>()
    expect(['film', 'film', 'Film', 'other'].map((name) => uniqueName(name, taken))).toEqual([
      'film',
      'film-2',
      'Film-3',
      'other',
    ])
  })
})
