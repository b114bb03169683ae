import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'
import { SimpleBitsError } from '../../contract'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Clicks what the selector finds, as soon as it is there and can be clicked. */
export async function click(window: BrowserWindow, selector: string): Promise<void> {
  const deadline = Date.now() + 30_000
  const script = `(() => {
    const found = document.querySelector(${JSON.stringify(selector)})
    if (found === null || found.disabled) return false
    found.scrollIntoView({ block: 'nearest' })
    found.click()
    return true
  })()`
  while (!(await window.webContents.executeJavaScript(script))) {
    if (Date.now() > deadline) throw new SimpleBitsError('INTERNAL', `The window does not offer ${selector}.`)
    await pause(100)
  }
}

/** Waits until fonts are there, animations have ended and the page has been painted. */
export async function settled(window: BrowserWindow): Promise<void> {
  await pause(1500)
  await window.webContents.executeJavaScript(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))',
  )
}

/** A picture of the window's content, 1600 × 1000. */
export async function photograph(window: BrowserWindow, file: string): Promise<void> {
  const size = { width: 1600, height: 1000 }
  window.setContentSize(size.width, size.height)
  await settled(window)
  const picture = await window.webContents.capturePage()
  const { width, height } = picture.getSize()
  // A screen of high density gives more pixels than asked for, a small one fewer.
  const fits = width === size.width && height === size.height
  await writeFile(file, (fits ? picture : picture.resize({ ...size, quality: 'best' })).toPNG())
}
