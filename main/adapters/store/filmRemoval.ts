import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CaseId } from '../../../contract'
import type { Database } from './database'
import { removeFilm } from './filmRows'

/** Films that go in one step, in which the process answers nobody. */
const MOST_A_STEP = 32

/**
 * Removes films. Those that are asked for at about the same time go together, some thirty a transaction: each by itself would
 * wait for the disk.
 */
export class FilmRemoval {
  private group: { readonly ids: CaseId[]; readonly gone: Promise<void> } | null = null

  constructor(private readonly database: Database) {}

  remove(id: CaseId): Promise<void> {
    if (this.group === null || this.group.ids.length === MOST_A_STEP) this.group = this.nextGroup(this.group?.gone)
    this.group.ids.push(id)
    return this.group.gone
  }

  /** Answers when nothing waits to be removed any more. */
  async idle(): Promise<void> {
    await this.group?.gone.catch(() => undefined)
  }

  private nextGroup(before: Promise<void> | undefined) {
    const ids: CaseId[] = []
    const go = async () => {
      await before?.catch(() => undefined)
      await nextTurn()
      if (this.group?.ids === ids) this.group = null
      this.database.transaction(() => ids.forEach((id) => removeFilm(this.database, id)))
    }
    return { ids, gone: go() }
  }
}
