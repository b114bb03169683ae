import { computed } from 'vue'
import { filmCautions } from '../presentation/cautionWords'
import { useOpenCase } from '../stores/openCase'
import { useZones } from '../stores/zones'

/** Why the decision on the open film may mean nothing; empty where nothing speaks against it. */
export function useFilmCautions() {
  const openCase = useOpenCase()
  const zones = useZones()
  return computed(() => filmCautions(openCase.detail?.header.warnings ?? [], zones.view?.chestDoubt ?? null))
}
