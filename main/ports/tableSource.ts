/** Tables of text that users bring, such as CSV. */
export interface TableSource {
  /**
   * Header and rows, every cell as text. Comma, semicolon and tab are told apart by the header.
   * @throws SimpleBitsError FILE_UNREADABLE
   */
  read(path: string): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }>
}
