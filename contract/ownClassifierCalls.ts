import { z } from 'zod'
import { wireError } from './errors'
import { modelName, sha256 } from './ids'
import { nothing } from './nothing'
import { ownManifest, ownTest } from './ownClassifier'

/** Calls about classifiers, part of the window's door (`workstation.ts`). */

/** One line of the classifiers' dialog. */
const classifierView = z.strictObject({
  name: modelName,
  /** False: it comes with the product. */
  own: z.boolean(),
  inUse: z.boolean(),
  /** Null where it was refused. */
  sha256: sha256.nullable(),
  description: z.string(),
  /** Probability at and above which it says that the finding is present. */
  threshold: z.number().nullable(),
  manifest: ownManifest.nullable(),
  /** Of the last self-test; null: never tested, or one of the bundled ones. */
  test: ownTest.nullable(),
  refused: wireError.nullable(),
})
export type ClassifierView = z.infer<typeof classifierView>

const byName = z.strictObject({ name: modelName })

export const ownClassifierCalls = {
  classifiers: { params: nothing, result: z.array(classifierView) },
  /** Asks for the folder of a classifier; null where the user cancelled. */
  pickClassifier: { params: nothing, result: z.string().nullable() },
  /** Shows the guide to classifiers of one's own in the desktop's file manager. */
  showClassifierGuide: { params: nothing, result: nothing },
  /** Copies, checks and tries it; one that cannot be used does not stay. */
  addClassifier: {
    params: z.strictObject({ folder: z.string().min(1), name: modelName.nullable() }),
    result: z.strictObject({ name: modelName, test: ownTest }),
  },
  testClassifier: { params: byName, result: ownTest },
  removeClassifier: { params: byName, result: nothing },
  /** Decides from now on; the films are asked about again in the background. */
  useClassifier: { params: byName, result: z.array(classifierView) },
} as const
