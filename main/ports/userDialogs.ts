/** Questions that only the desktop can ask: which file, and where to. Null = the user cancelled. */
export interface UserDialogs {
  /** Several files or folders to import; `table`: one file of comma-separated values. */
  openFiles(options: {
    readonly folders: boolean
    readonly kind?: 'films' | 'table'
    readonly title?: string
  }): Promise<string[] | null>
  /** Where to write a file. */
  saveFile(options: { readonly suggestedName: string }): Promise<string | null>
  /** Shows a file in the desktop's file manager. */
  showInFolder(path: string): Promise<void>
}
