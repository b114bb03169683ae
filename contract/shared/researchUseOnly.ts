/** Stands in every window, on every page and in every record. */
export const RESEARCH_USE_ONLY = 'Research use only – not for diagnosis'
