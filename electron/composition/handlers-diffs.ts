/** What answers the calls about diffs. */

import type { Handlers } from '../bridge/serve.ts'
import { listChanges, readPatch } from '../review/diffs.ts'
import { readPictures } from '../review/pictures.ts'
import { readWhole } from '../review/whole.ts'
import type { Asking, HandlerParts } from './asking.ts'

type DiffCalls = Extract<keyof Handlers, `diff.${string}`>

export function diffHandlers({ git }: HandlerParts, { reviewed }: Asking): Pick<Handlers, DiffCalls> {
  return {
    async 'diff.files'({ name, of, blanks }) {
      const subject = await reviewed(name)
      return subject.ok ? listChanges(git, subject.value, of, blanks) : subject
    },
    async 'diff.patch'({ name, of, paths, blanks }) {
      const subject = await reviewed(name)
      return subject.ok ? readPatch(git, subject.value, of, paths, blanks) : subject
    },
    async 'diff.whole'({ name, of, path }) {
      const subject = await reviewed(name)
      return subject.ok ? readWhole(git, subject.value, of, path) : subject
    },
    async 'diff.pictures'({ name, ...wanted }) {
      const subject = await reviewed(name)
      return subject.ok ? readPictures(git, subject.value, wanted) : subject
    },
  }
}
