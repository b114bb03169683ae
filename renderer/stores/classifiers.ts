import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AuditRecord, ClassifierView, ModelName, ObjectiveName } from '../../contract'
import { call, messageOf } from '../api'
import { useLiveAudits } from './liveAudits'
import { useLoading } from './loading'
import { NotNow, useNotices } from './notices'
import { useOpenCase } from './openCase'

/** The classifiers that can decide about films: those of the product and the user's own. */
export const useClassifiers = defineStore('classifiers', () => {
  const notices = useNotices()
  const openCase = useOpenCase()
  const liveAudits = useLiveAudits()
  const all = shallowRef<readonly ClassifierView[]>([])
  const { state, failure, load: loading } = useLoading()
  /** What takes a while: a copy with its test, a test, a change of who decides. */
  const busy = ref<{
    readonly what: 'adding' | 'testing' | 'changing' | 'removing'
    readonly name: ModelName | null
  } | null>(null)
  /** Why the last classifier was not taken in: it stays on screen until the next try. */
  const refusal = ref('')

  const inUse = computed(() => all.value.find((one) => one.inUse) ?? null)
  /** Where the audit on screen is about another classifier than the one that decides now, or another version of it. */
  const changed = computed(() => {
    const { audit } = openCase
    const decides = inUse.value
    if (!audit || !decides || isSame(audit, decides)) return null
    const { name } = audit.model
    return {
      audited: name === decides.name ? `another version of the classifier ${name}` : `the classifier ${name}`,
      decides: decides.name,
    }
  })
  /** How an audit by the classifier in use can match, whatever was chosen: one of the user's own cannot run with other weights. */
  const objectiveFor = (chosen: ObjectiveName): ObjectiveName => (inUse.value?.own ? 'activation' : chosen)

  function load(): Promise<void> {
    return loading(() => call('classifiers', null), { take: (found) => void (all.value = found) })
  }

  async function whileBusy(what: NonNullable<typeof busy.value>, action: () => Promise<void>): Promise<void> {
    busy.value = what
    try {
      await action()
    } finally {
      busy.value = null
    }
  }

  /** One thing at a time; a failure becomes a message. */
  async function during(what: NonNullable<typeof busy.value>, action: () => Promise<void>): Promise<void> {
    if (!busy.value) await notices.attempt(() => whileBusy(what, action))
  }

  async function add(): Promise<void> {
    refusal.value = ''
    const folder = await notices.attempt(() => call('pickClassifier', null))
    if (!folder) return
    await during({ what: 'adding', name: null }, async () => {
      try {
        const { name } = await call('addClassifier', { folder, name: null })
        notices.say(`${name} was added.`)
      } catch (error) {
        refusal.value = messageOf(error)
      }
      await load()
    })
  }

  async function test(name: ModelName): Promise<void> {
    await during({ what: 'testing', name }, async () => {
      await call('testClassifier', { name })
      await load()
    })
  }

  async function use(name: ModelName): Promise<void> {
    const before = inUse.value?.name ?? null
    if (before === name) return
    await during({ what: 'changing', name }, async () => {
      await decideBy(name)
      const said = `${name} decides from now on. All films are read again.`
      if (before) notices.offerUndo(said, () => backTo(before))
      else notices.say(said)
    })
  }

  async function decideBy(name: ModelName): Promise<void> {
    all.value = await call('useClassifier', { name })
    await readAgain()
  }

  /** As an undo: it throws where it cannot be done. */
  async function backTo(name: ModelName): Promise<void> {
    if (busy.value) throw new NotNow('A classifier is being worked on. Take this back when that is done.')
    await whileBusy({ what: 'changing', name }, () => decideBy(name))
  }

  async function readAgain(): Promise<void> {
    liveAudits.leaveEstimates()
    await openCase.reopen()
  }

  async function remove(name: ModelName): Promise<void> {
    const wasInUse = inUse.value?.name === name
    await during({ what: 'removing', name }, async () => {
      await call('removeClassifier', { name })
      await load()
      if (wasInUse) await readAgain()
      notices.say(`${name} was removed.`)
    })
  }

  const showGuide = () => notices.attempt(() => call('showClassifierGuide', null))

  return { all, state, failure, busy, refusal, inUse, changed, objectiveFor, load, add, test, use, remove, showGuide }
})

/** An audit's threshold went through a logit and back. */
const ROUNDING = 1e-6

/** The same weights, deciding at the same threshold. */
function isSame({ model, threshold }: Pick<AuditRecord, 'model' | 'threshold'>, decides: ClassifierView): boolean {
  const sameThreshold = decides.threshold === null || Math.abs(decides.threshold - threshold) < ROUNDING
  return model.sha256 === decides.sha256 && sameThreshold
}
