import type { CallTable } from '../../../contract'
import { requireConfirmation } from '../../domain/suitability'
import type { UserDialogs } from '../../ports'
import type { Worklist } from '../worklist'
import type { AuditDesk } from './auditDesk'
import type { CaseView } from './caseView'
import type { SettingsDesk } from './settingsDesk'

type CaseCall =
  | ('listCases' | 'filmsLeftOut' | 'pickFiles' | 'openCase' | 'removeCase' | 'setReportLabel')
  | ('startAudit' | 'cancelAudit' | 'instantEstimate' | 'frame' | 'exportReport')

interface Rooms {
  readonly worklist: Worklist
  readonly desk: AuditDesk
  readonly view: CaseView
  readonly dialogs: UserDialogs
  readonly settings: Pick<SettingsDesk, 'get'>
}

/** The worklist, one case of it, and its audit. */
export function caseCallsOf({ worklist, desk, view, dialogs, settings }: Rooms): CallTable<CaseCall> {
  return {
    listCases: async () => worklist.all(),
    filmsLeftOut: async () => worklist.countLeftOut(),
    pickFiles: ({ folders }) => dialogs.openFiles({ folders }),
    openCase: ({ caseId }) => view.open(caseId),
    async removeCase({ caseId }) {
      desk.cancel(caseId)
      await worklist.remove(caseId)
    },
    setReportLabel: ({ caseId, label }) => worklist.change(caseId, { reportLabel: label }),
    async startAudit(request) {
      requireConfirmation(worklist.get(request.caseId), request.confirmed)
      void desk.start(request)
    },
    cancelAudit: async ({ caseId }) => desk.cancel(caseId),
    instantEstimate: ({ caseId }) => view.instant(caseId),
    frame: ({ caseId, frame }) => view.frame(caseId, frame),
    exportReport: ({ caseId, identification }) =>
      view.exportReport(caseId, { identification, reader: settings.get().reader }),
  }
}
