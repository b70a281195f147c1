/** What went wrong with a start and is about no field, and what was put aside. It stands with the warnings: under the two columns nothing is left. */

import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { fieldOf } from './draft.ts'
import { asideWords } from './put-aside.ts'
import type { Drafting } from './use-draft.ts'

type TroublesProps = {
  readonly of: Pick<Drafting, 'failure' | 'aside' | 'onBringBack' | 'onForget'>
  /** After a press that takes its own button away. */
  readonly onGone: () => void
}

/** Draws a line for each; nothing for none. */
export function Troubles({ of: { failure, aside, onBringBack, onForget }, onGone }: TroublesProps) {
  const then = (act: () => void) => (): void => {
    act()
    onGone()
  }
  return (
    <>
      {aside === null ? null : (
        <Banner
          action={
            <>
              <Button size="small" look="quiet" onClick={then(onBringBack)}>
                Bring it back
              </Button>
              {/* A cross would promise less than this does. */}
              <Button size="small" look="quiet" onClick={then(onForget)}>
                Forget it
              </Button>
            </>
          }
        >
          {asideWords(aside)}
        </Banner>
      )}
      {failure === null || fieldOf(failure.code) !== null ? null : <Banner tone="bad">{failure.message}</Banner>}
    </>
  )
}
