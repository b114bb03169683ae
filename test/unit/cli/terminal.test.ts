import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { terminalOutput } from '../../../main/cli/terminal'

const SOURCES: readonly (readonly [EventEmitter, string])[] = [
  [process, 'SIGINT'],
  [process, 'SIGTERM'],
  [process.stdout, 'error'],
]
const before = SOURCES.map(([source, name]) => source.listeners(name))
const exit = vi.spyOn(process, 'exit')
const said = vi.spyOn(process.stderr, 'write')
const text = () => said.mock.calls.map(([line]) => String(line)).join('')

beforeEach(() => {
  vi.useFakeTimers()
  said.mockReset().mockReturnValue(true)
  // What ends the process does not come back.
  exit.mockReset().mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
})

afterEach(() => {
  vi.useRealTimers()
  SOURCES.forEach(([source, name], i) => {
    for (const listener of source.listeners(name))
      if (!before[i]?.includes(listener)) source.off(name, listener as () => void)
  })
})

describe('a signal to end', () => {
  it.each([
    ['SIGINT', 130, 'Press Ctrl-C again'],
    ['SIGTERM', 143, 'Send SIGTERM again'],
  ] as const)('%s is answered with a word; the second one ends at once', (signal, code, again) => {
    const output = terminalOutput()
    process.emit(signal)
    expect(output.signal.aborted).toBe(true)
    expect(text()).toContain('Ending in good order')
    expect(text()).toContain(again)
    vi.advanceTimersByTime(1500)
    expect(() => process.emit(signal)).toThrow(`exit ${code}`)
  })

  it('is one where `timeout` sends it to the program and to its group', () => {
    terminalOutput()
    process.emit('SIGTERM')
    process.emit('SIGTERM')
    expect(exit).not.toHaveBeenCalled()
  })
})

describe('a stdout that takes no lines', () => {
  const breaks = (code: string) => process.stdout.emit('error', Object.assign(new Error('write failed'), { code }))

  it.each([
    { how: 'in peace where the reader has gone', code: 'EPIPE', exitCode: 0, sentence: '' },
    { how: 'with the reason else', code: 'ENOSPC', exitCode: 1, sentence: 'stdout cannot be written (ENOSPC).\n' },
  ])('ends a command that does nothing but print $how', ({ code, exitCode, sentence }) => {
    terminalOutput()
    expect(() => breaks(code)).toThrow(`exit ${exitCode}`)
    expect(text()).toBe(sentence)
  })

  it.each(['EPIPE', 'ENOSPC'])('lets a command that makes files come to a good end, as failed: %s', (code) => {
    const output = terminalOutput()
    output.makesFiles()
    breaks(code)
    breaks(code)
    expect(exit).not.toHaveBeenCalled()
    expect(output.signal.aborted).toBe(true)
    expect(output.failed).toBe(true)
    expect(text().match(/Nobody takes the lines/g)).toHaveLength(1)
    const written = vi.spyOn(process.stdout, 'write')
    output.data('a line')
    expect(written).not.toHaveBeenCalled()
    written.mockRestore()
  })
})
