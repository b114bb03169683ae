import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const file = (folder: string) => require.resolve(`@expo-google-fonts/inter/${folder}/Inter_${folder}.ttf`)

/** Files of the typeface "Inter" (OFL 1.1; Latin, Greek, Cyrillic): the same face as on screen. */
export function interFiles() {
  return {
    normal: file('400Regular'),
    bold: file('600SemiBold'),
    italics: file('400Regular_Italic'),
    bolditalics: file('600SemiBold_Italic'),
  } as const
}
