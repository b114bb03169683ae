/** The audit's viewports. */
export type Pane = 'film' | 'simplified' | 'bitmap'
/** What the map shows, in the order of its switch: the share of the film's detail that is left, or which bits. */
export const MAP_MODES = ['detail', 'kept', 'removed', 'original'] as const
export type MapMode = (typeof MAP_MODES)[number]

export type MethodPane = 'gradCam' | 'integratedGradients' | 'occlusion'
/** The pictures around the flip, and what changes between them. */
export type FlipPane = 'lastKept' | 'firstFlipped' | 'difference'
/** Viewports of other methods and of the flip. */
export type ExplainPane = MethodPane | FlipPane
/** All viewports of the open film. */
export type FilmPane = Pane | ExplainPane
