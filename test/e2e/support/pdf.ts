import { readPdf } from '../../support/pdf'

/** The text of each page, words separated by single spaces. */
export async function pdfPages(file: string): Promise<readonly string[]> {
  return (await readPdf(file)).pages
}
