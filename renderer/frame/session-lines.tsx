/** What the menu of a session offers: the same behind its “…” button and over its tab. */

import { CircleStop, RotateCcw } from 'lucide-react'
import type { Session } from '../../shared/model/session.ts'
import type { MenuLine } from '../design/Menu.tsx'
import { resume, stop } from '../state/actions.ts'
import { verbOf } from '../state/standing.ts'

/** Takes a session, whether a stop is under way, and why nothing can be asked now; gives the lines. */
export function sessionLines(session: Session, stopping: boolean, away: string | null): readonly MenuLine[] {
  switch (verbOf(session)) {
    case 'stop':
      return [
        {
          label: 'Stop',
          hint: 'Ends Claude Code; its conversation is kept.',
          icon: <CircleStop />,
          refused: stopping ? 'It is being stopped.' : away,
          onPick: () => void stop(session),
        },
      ]
    case 'start-again':
      return [
        {
          label: 'Start again',
          hint: 'Goes on with its conversation.',
          icon: <RotateCcw />,
          refused: away,
          onPick: () => void resume(session.name),
        },
      ]
    case null:
      return []
  }
}
