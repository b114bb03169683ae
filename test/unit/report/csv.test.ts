import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../main/domain/csv'

describe('comma-separated values', () => {
  it('end every line by carriage return and line feed, and leave empty what is not known', () => {
    expect(
      csvText([
        ['film', 'bits', 'kept', 'label'],
        ['a', -1.5, true, null],
        ['b', 0, false, undefined],
      ]),
    ).toBe('film,bits,kept,label\r\na,-1.5,true,\r\nb,0,false,\r\n')
    expect(csvText([])).toBe('')
  })

  it.each(['a,b', 'said "no"', 'one\ntwo', 'one\r\ntwo', ' spaced ', 'plain'])('give %j back unharmed', (text) => {
    expect(parse(csvText([[text, 'next']]))).toEqual([[text, 'next']])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t1', '\r1', '=HYPERLINK("x","y")'])('run no formula: %j', (text) => {
    expect(parse(csvText([[text, 'a=b']]))).toEqual([[`'${text}`, 'a=b']])
  })

  it('run no formula either where a spreadsheet cuts at semicolons', () => {
    expect(csvText([["seen;=cmd|'/c calc'!A0"]])).toBe("\"seen;'=cmd|'/c calc'!A0\"\r\n")
  })

  it.each(['\n', '\r\n', '\r', '\t'])('run no formula either where a spreadsheet takes no cell over %j', (end) => {
    expect(csvText([['first', `seen${end}=1+1${end}-1`]])).toContain(`seen${end}'=1+1${end}'-1`)
    expect(csvText([[`${end}=1`]])).toContain(`${end}'=1`)
  })
})
