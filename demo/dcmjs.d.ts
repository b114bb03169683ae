/** The part of dcmjs that the demo script uses; the package ships no types. */
declare module 'dcmjs' {
  type Dataset = Record<string, unknown>
  interface DicomDict {
    dict: Dataset
    write(options?: { fragmentMultiframe?: boolean }): ArrayBuffer
  }
  const dcmjs: {
    data: {
      DicomDict: new (meta: Dataset) => DicomDict
      DicomMetaDictionary: { denaturalizeDataset(dataset: Dataset): Dataset }
    }
  }
  export default dcmjs
}
