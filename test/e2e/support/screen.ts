import { expect, type Locator, type Page } from '@playwright/test'
import type { CaseSummary } from '../../../contract'

/** The window as its users speak of it. Selectors live here, not in the tests. */
export const screen = (page: Page) => ({
  rows: page.getByTestId('worklist-row'),
  row: (id: string): Locator => page.locator(`[data-testid="worklist-row"][data-case-id="${id}"]`),
  canvas: (pane: string): Locator => page.getByTestId(`viewport-${pane}`).locator('.host canvas'),
  startAudit: page.getByTestId('start-audit'),
  stops: page.getByTestId('way-stop'),
  engineBanner: page.getByTestId('engine-banner'),
})

export type Screen = ReturnType<typeof screen>

/** What the main side says of the cases: the truth that the screen must show. */
export async function casesOf(page: Page): Promise<CaseSummary[]> {
  const answer = await page.evaluate(() => window.api.call('listCases', null))
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result
}

/** Whether the classifier's word on a film stands in queues and figures: not where the film has to be confirmed first. */
export const isCounted = ({ warnings }: CaseSummary): boolean => !warnings.some(({ mustConfirm }) => mustConfirm)

/** Waits until every case in the worklist has its decision. */
export async function classified(page: Page): Promise<CaseSummary[]> {
  await expect
    .poll(
      async () => {
        const cases = await casesOf(page)
        return cases.length > 0 && cases.every((one) => one.decision !== null || one.error !== null)
      },
      { timeout: 90_000, message: 'every case has its decision' },
    )
    .toBe(true)
  return casesOf(page)
}
