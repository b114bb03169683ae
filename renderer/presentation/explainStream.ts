import type {
  Counterfactual,
  Explanation,
  ExplainTask,
  MethodMap,
  MethodRow,
  Progress,
  WorkstationEvent,
} from '../../contract'

/** What is known of one case's explanations, and what is being made. Replaced, never changed in place. */
export interface CaseExplanations {
  readonly task: ExplainTask | null
  readonly progress: Progress | null
  readonly cancelling: boolean
  readonly failure: { readonly task: ExplainTask; readonly message: string } | null
  readonly decision: boolean | null
  readonly maps: readonly MethodMap[]
  readonly rows: readonly MethodRow[]
  /** All methods and checks are there. */
  readonly complete: boolean
  readonly counterfactual: Counterfactual | null
  /** The picture where pressing on stands now. */
  readonly pressing: Uint8Array | null
}

export const NOTHING_KNOWN: CaseExplanations = {
  task: null,
  progress: null,
  cancelling: false,
  failure: null,
  decision: null,
  maps: [],
  rows: [],
  complete: false,
  counterfactual: null,
  pressing: null,
}

export type ExplainEvent = Extract<WorkstationEvent, { type: `explain${string}` }>

/** The state after one event of the stream; pure. */
export function afterExplainEvent(state: CaseExplanations, event: ExplainEvent): CaseExplanations {
  switch (event.type) {
    case 'explainProgress':
      return { ...state, progress: event.progress }
    case 'explainStop':
      return { ...state, pressing: event.picture }
    case 'explainRow':
      return { ...state, rows: [...state.rows.filter(({ method }) => method !== event.row.method), event.row] }
    case 'explainMap': {
      const others = state.maps.filter(({ method }) => method !== event.map.method)
      return { ...state, decision: event.decision, maps: [...others, event.map] }
    }
  }
}

export function withExplanation(
  state: CaseExplanations,
  { decision, maps, rows, stopped }: Explanation,
): CaseExplanations {
  return { ...state, decision, maps, rows, complete: stopped === 'finished' }
}
