/** Answers where sessions meet. */

import type { Handlers } from '../bridge/serve.ts'
import { NO_OVERLAP } from '../../shared/model/overlap.ts'
import { ok } from '../../shared/result.ts'
import type { Hall } from './hall.ts'

export function overlapHandlers({ hall }: { readonly hall: Hall }): Pick<Handlers, 'overlap.list'> {
  return {
    async 'overlap.list'() {
      await hall.repositories.readTargetHead()
      return ok((await hall.desk()?.radar.fresh()) ?? NO_OVERLAP)
    },
  }
}
