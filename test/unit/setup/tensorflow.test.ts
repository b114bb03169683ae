import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exists } from '../../../setup/lib/cache.mjs'
import { ensure } from '../../../setup/lib/ensure.mjs'
import { installTensorflow, tensorflowReady } from '../../../setup/steps/tensorflow.mjs'
import { bindingIn, isLinked, isWhole, linkBinding } from '../../../setup/steps/tensorflowBinding.mjs'
import { fetchOfficialBinding } from '../../../setup/steps/tensorflowOfficial.mjs'
import { probeTensorflow } from '../../../setup/steps/tensorflowProbe.mjs'
import { bindingFromWheel } from '../../../setup/steps/tensorflowWheel.mjs'

/** The links into the npm package are left alone: others compute through them. */
vi.mock(import('../../../setup/steps/tensorflowBinding.mjs'), async (original) => ({
  ...(await original()),
  isLinked: vi.fn(async () => true),
  linkBinding: vi.fn(async () => undefined),
  unlinkBinding: async () => undefined,
}))
vi.mock(import('../../../setup/steps/tensorflowOfficial.mjs'))
vi.mock(import('../../../setup/steps/tensorflowProbe.mjs'))
vi.mock(import('../../../setup/steps/tensorflowWheel.mjs'))

const HOUR = 3_600_000
const cpu = { gpu: false, refresh: false }
const gpu = { gpu: true, refresh: false }
const cacheHome = process.env['XDG_CACHE_HOME']
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simplebits-tensorflow-'))
  process.env['XDG_CACHE_HOME'] = folder
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.mocked(fetchOfficialBinding).mockReset().mockRejectedValue(new Error('no route to the host'))
  vi.mocked(probeTensorflow).mockReset().mockResolvedValue({ usesGpu: false })
  vi.mocked(bindingFromWheel).mockReset().mockImplementation(unpackAndCompile)
})

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME']
  else process.env['XDG_CACHE_HOME'] = cacheHome
  await rm(folder, { recursive: true, force: true })
})

interface Wheel {
  readonly gpu: boolean
  readonly folder: string
  readonly compiled: boolean
}

/** A library in the folder of unpacked wheels, and a binding that links to it. */
async function unpackAndCompile({ folder: target, compiled }: Wheel) {
  const wheels = join(folder, 'wheels')
  await mkdir(wheels, { recursive: true })
  await writeFile(join(wheels, 'library'), '')
  if (!compiled) {
    await rm(target, { recursive: true, force: true })
    await mkdir(join(target, 'deps/lib'), { recursive: true })
    await mkdir(join(target, 'lib/napi-v8'), { recursive: true })
    await symlink(join(wheels, 'library'), join(target, 'deps/lib/library'))
    await writeFile(bindingIn(target), '')
  }
  return { libraryPath: [wheels] }
}

function noWheels({ gpu: cuda }: Wheel): Promise<never> {
  return Promise.reject(new Error(cuda ? 'no space for CUDA' : 'the index did not answer'))
}

const ready = (wanted: typeof cpu) => tensorflowReady({ ...wanted, locked: true })

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('the library without CUDA', () => {
  it('stands in on a machine with an NVIDIA driver where the one with CUDA cannot be had', async () => {
    vi.mocked(bindingFromWheel).mockImplementation((wheel) => (wheel.gpu ? noWheels(wheel) : unpackAndCompile(wheel)))
    const result = await installTensorflow(gpu)
    expect(result).toMatchObject({ kind: 'tensorflow', source: 'wheel', reason: 'no space for CUDA' })
    expect(await ready(gpu)).toEqual(result)
    expect(await ready(cpu)).not.toHaveProperty('reason')
  })

  it('stands in for a day, then CUDA is tried again', async () => {
    vi.mocked(bindingFromWheel).mockImplementation((wheel) => (wheel.gpu ? noWheels(wheel) : unpackAndCompile(wheel)))
    await installTensorflow(gpu)
    later(23 * HOUR)
    expect(await ready(gpu)).toBeDefined()
    later(2 * HOUR)
    expect(await ready(gpu)).toBeUndefined()
    vi.mocked(bindingFromWheel).mockImplementation(unpackAndCompile)
    vi.mocked(probeTensorflow).mockResolvedValue({ usesGpu: true })
    const result = await installTensorflow(gpu)
    expect(result.kind).toBe('tensorflow-gpu')
    expect(result).not.toHaveProperty('reason')
  })
})

describe('WebAssembly', () => {
  it('is what remains where neither library can be had, and for an hour only', async () => {
    vi.mocked(bindingFromWheel).mockImplementation(noWheels)
    expect(await installTensorflow(gpu)).toMatchObject({ kind: 'wasm', reason: 'the index did not answer' })
    expect(await ready(gpu)).toMatchObject({ kind: 'wasm' })
    later(1.1 * HOUR)
    expect(await ready(gpu)).toBeUndefined()
    expect(await ready(cpu)).toBeUndefined()
  })

  it('gives way to a binding that was built before, as soon as that one works, without compiling', async () => {
    vi.mocked(probeTensorflow).mockRejectedValue(new Error('no answer in time'))
    expect(await installTensorflow(cpu)).toMatchObject({ kind: 'wasm', reason: 'no answer in time' })
    vi.mocked(probeTensorflow).mockResolvedValue({ usesGpu: false })
    vi.mocked(bindingFromWheel).mockClear()
    expect((await installTensorflow(cpu)).kind).toBe('tensorflow')
    expect(vi.mocked(bindingFromWheel).mock.calls.map(([{ compiled }]) => compiled)).toEqual([true])
  })
})

describe('a binding in the cache', () => {
  it('is compiled anew where it does not work', async () => {
    await installTensorflow(cpu)
    vi.mocked(probeTensorflow).mockRejectedValueOnce(new Error('the binding does not load'))
    vi.mocked(bindingFromWheel).mockClear()
    expect((await installTensorflow(cpu)).kind).toBe('tensorflow')
    expect(vi.mocked(bindingFromWheel).mock.calls.map(([{ compiled }]) => compiled)).toEqual([true, false])
  })

  it('is not ready while the wheels it links to are gone, and is ready again once they are back', async () => {
    const { folder: built = '' } = await installTensorflow(cpu)
    expect(await ready(cpu)).toBeDefined()
    await rm(join(folder, 'wheels'), { recursive: true })
    expect(await exists(bindingIn(built))).toBe(true)
    expect(await isWhole(built)).toBe(false)
    expect(await ready(cpu)).toBeUndefined()
    await installTensorflow(cpu)
    expect(await ready(cpu)).toBeDefined()
  })
})

describe('while another set-up may be at work', () => {
  it('the cached library is not linked into the package; it is once the lock is held', async () => {
    await installTensorflow(cpu)
    vi.mocked(linkBinding).mockClear()
    // that set-up has taken the links away, to unpack the official library in their place
    vi.mocked(isLinked).mockResolvedValueOnce(false)
    expect(await tensorflowReady({ ...cpu, locked: false })).toBeUndefined()
    expect(linkBinding).not.toHaveBeenCalled()
    expect(await tensorflowReady({ ...cpu, locked: true })).toBeDefined()
    expect(linkBinding).toHaveBeenCalledTimes(1)
    expect(await tensorflowReady({ ...cpu, locked: false })).toBeDefined()
    expect(linkBinding).toHaveBeenCalledTimes(1)
  })

  it('whether a part is ready is asked again under the lock, and it is told so', async () => {
    const lock = join(folder, 'simplebits', 'setup.lock')
    const held: [told: boolean, is: boolean][] = []
    const part = {
      ready: async (locked: boolean) => {
        held.push([locked, await exists(lock)])
        return locked ? 'linked' : undefined
      },
      install: () => Promise.reject(new Error('nothing was to be done')),
    }
    expect(await ensure('tensorflow', part)).toBe('linked')
    expect(held).toEqual([
      [false, false],
      [true, true],
    ])
  })
})
