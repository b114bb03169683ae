import {
  type AuditRecord,
  type CaseId,
  type CallTable,
  type zoneCalls,
  type Zones,
  type ZoneView,
} from '../../../contract'
import { zonedPicture } from '../../domain/zones'
import type { CaseStore } from '../../ports'
import { zonedRecord, type OpenFilms, type Worklist } from '../worklist'

interface ZoneRooms {
  readonly store: CaseStore
  readonly films: OpenFilms
  readonly worklist: Worklist
  /** Called when a stored audit was changed under the same date. */
  readonly recordChanged: () => void
}

type FoundZones = Omit<ZoneView, 'report' | 'warnings'>

/** Zones of a case: as corrected, else as found; a correction is kept and the audit's figures by zone follow it. */
export function zoneCallsOf(rooms: ZoneRooms): CallTable<keyof typeof zoneCalls> {
  return {
    async zones({ caseId }) {
      const view = await viewOf(rooms, caseId, await rooms.store.zones(caseId))
      return withAudit(view, await rooms.store.auditRecord(caseId))
    },
    async saveZones({ caseId, zones }) {
      // Before anything is kept: where the film cannot be read, its figures could not follow the outlines.
      const view = await viewOf(rooms, caseId, zones)
      await rooms.store.saveZones(caseId, zones)
      return withAudit(view, await followCorrection(rooms, caseId, view))
    },
  }
}

function withAudit(view: FoundZones, record: AuditRecord | null): ZoneView {
  return { ...view, report: record?.zones ?? null, warnings: record?.warnings ?? null }
}

async function viewOf({ films, worklist }: ZoneRooms, id: CaseId, corrected: Zones | null): Promise<FoundZones> {
  const { input } = await films.get(worklist.get(id))
  return zonedPicture({ pixels: input.pixels, box: input.record.box }, corrected)
}

/** The stored record's bits by zone, alarm and doubt about the picture are those of the zones that hold now. */
async function followCorrection(
  { store, worklist, recordChanged }: ZoneRooms,
  id: CaseId,
  view: FoundZones,
): Promise<AuditRecord | null> {
  const audit = await store.audit(id)
  if (!audit) return null
  const record = zonedRecord(audit, view)
  await store.changeRecord(id, record)
  recordChanged()
  worklist.audited(id, record)
  return record
}
