/** One step of the store's schema. Append-only: a step that was released is never changed. */
export interface Migration {
  /** 1, 2, 3 …: the version of the store after it. */
  readonly number: number
  readonly name: string
  readonly sql: string
}
