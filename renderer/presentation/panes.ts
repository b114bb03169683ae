/** The audit's viewports. */
export type Pane = 'film' | 'simplified' | 'bitmap'
/** Which bits the bit map shows. */
export type MapMode = 'kept' | 'removed' | 'original'

export type MethodPane = 'gradCam' | 'integratedGradients' | 'occlusion'
/** The pictures around the flip, and what changes between them. */
export type FlipPane = 'lastKept' | 'firstFlipped' | 'difference'
/** Viewports of other methods and of the flip. */
export type ExplainPane = MethodPane | FlipPane
