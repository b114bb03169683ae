/** Frame number of the film as the classifier sees it, beside those of the way's stops (`PathPoint.frame`). */
export const FILM_FRAME = -1
