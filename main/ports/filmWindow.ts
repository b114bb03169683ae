/** The desktop's second window, which shows the film alone. */
export interface FilmWindow {
  show(): Promise<void>
  hide(): Promise<void>
  isOpen(): boolean
  /** Tells of every opening and closing, by whomever; returns the unsubscriber. */
  onChange(listener: (open: boolean) => void): () => void
}
