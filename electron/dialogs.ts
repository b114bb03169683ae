import { dialog, shell, type BrowserWindow } from 'electron'
import type { UserDialogs } from '../main/compose'

/** The desktop's own dialogs, in front of the window. */
export function nativeDialogs(window: () => BrowserWindow | null): UserDialogs {
  const open = (options: Electron.OpenDialogOptions) => {
    const parent = window()
    return parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options)
  }
  const save = (options: Electron.SaveDialogOptions) => {
    const parent = window()
    return parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options)
  }
  return {
    async openFiles({ folders, kind, title }) {
      if (kind === 'table') return openTable(open)
      const { canceled, filePaths } = await open({
        title: title ?? (folders ? 'Import folders of radiographs' : 'Import radiographs'),
        // Windows and Linux show either files or folders in one dialog.
        properties: [folders ? 'openDirectory' : 'openFile', 'multiSelections'],
        filters: folders
          ? []
          : [
              { name: 'Radiographs (DICOM, PNG, JPEG)', extensions: ['dcm', 'dicom', 'png', 'jpg', 'jpeg'] },
              { name: 'All files', extensions: ['*'] },
            ],
      })
      return canceled || filePaths.length === 0 ? null : filePaths
    },
    async saveFile({ suggestedName }) {
      const kind = savedAs(suggestedName)
      const { canceled, filePath } = await save({
        title: kind.title,
        defaultPath: suggestedName,
        filters: [{ name: kind.name, extensions: [kind.extension] }],
        // Linux asks before it overwrites only where it is told to.
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      })
      return canceled || !filePath ? null : filePath
    },
    async showInFolder(path) {
      shell.showItemInFolder(path)
    },
  }
}

async function openTable(
  open: (options: Electron.OpenDialogOptions) => Promise<Electron.OpenDialogReturnValue>,
): Promise<string[] | null> {
  const { canceled, filePaths } = await open({
    title: 'Choose a table of report labels',
    properties: ['openFile'],
    filters: [
      { name: 'Tables (CSV)', extensions: ['csv', 'tsv', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return canceled || filePaths.length === 0 ? null : filePaths
}

/** Title and filter of the dialog by the kind of file that the name ends in: a report, or a table of results. */
function savedAs(suggestedName: string): { title: string; name: string; extension: string } {
  return suggestedName.endsWith('.csv')
    ? { title: 'Save table', name: 'Comma-separated values', extension: 'csv' }
    : { title: 'Save report', name: 'PDF', extension: 'pdf' }
}

/** Answers known beforehand in place of a user: for the demonstration and for tests, which cannot click native dialogs. */
export function scriptedDialogs(answers: { open: () => string[] | null; save: () => string | null }): UserDialogs {
  return {
    openFiles: async () => answers.open(),
    saveFile: async () => answers.save(),
    showInFolder: async () => undefined,
  }
}
