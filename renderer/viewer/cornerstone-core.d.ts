/** The part of cornerstone-core 2.6.1 that the viewports use; the package ships no types. */
declare module 'cornerstone-core' {
  export interface CornerstoneViewport {
    scale: number
    translation: { x: number; y: number }
    voi: { windowWidth: number | undefined; windowCenter: number | undefined }
    invert: boolean
    pixelReplication: boolean
  }

  export interface EnabledElement {
    readonly element: HTMLElement
    readonly canvas: HTMLCanvasElement
    readonly image: CornerstoneImage | undefined
    readonly viewport: CornerstoneViewport
  }

  export interface CornerstoneImage {
    imageId: string
    minPixelValue: number
    maxPixelValue: number
    slope: number
    intercept: number
    windowCenter: number
    windowWidth: number
    rows: number
    columns: number
    height: number
    width: number
    color: boolean
    invert: boolean
    rowPixelSpacing: number
    columnPixelSpacing: number
    sizeInBytes: number
    getPixelData(): ArrayLike<number>
    /** Takes the place of cornerstone's own drawing of this image. */
    render(enabledElement: EnabledElement, invalidated: boolean): void
  }

  interface Cornerstone {
    enable(element: HTMLElement): void
    disable(element: HTMLElement): void
    displayImage(element: HTMLElement, image: CornerstoneImage, viewport?: Partial<CornerstoneViewport>): void
    updateImage(element: HTMLElement, invalidated?: boolean): void
    resize(element: HTMLElement, forceFitToWindow?: boolean): void
    readonly EVENTS: { readonly IMAGE_RENDERED: string }
  }

  const cornerstone: Cornerstone
  export default cornerstone
}
