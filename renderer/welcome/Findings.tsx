/** What Sluice found on the machine: one quiet line each; what is missing says what to do. */

import { CircleAlert, CircleCheck, CircleHelp, RotateCw } from 'lucide-react'
import { IconButton } from '../design/IconButton.tsx'
import styles from './Findings.module.css'
import { findings, type Finding } from './findings.ts'
import type { FoundState } from './use-found.ts'

const MARK = { good: <CircleCheck />, missing: <CircleAlert />, unsure: <CircleHelp /> } as const
const SPOKEN = { good: 'found', missing: 'needs something', unsure: 'not known' } as const

/** Their places are kept while Sluice looks, so that nothing moves when the answer comes. */
const AWAITED: readonly string[] = ['git', 'Claude Code', 'Login']

function Line({ finding }: { readonly finding: Finding }) {
  return (
    <li className={styles['line']} data-mark={finding.mark} title={finding.detail}>
      <span className={styles['mark']} aria-hidden="true">
        {MARK[finding.mark]}
      </span>
      <span className={styles['name']}>{finding.name}</span>
      <span className="visually-hidden">{SPOKEN[finding.mark]}</span>
      <span className={styles['words']}>{finding.words}</span>
    </li>
  )
}

/** Draws the lines, and a way to look again. */
export function Findings({ found, looking, again }: FoundState) {
  return (
    <section className={styles['findings']} aria-label="What Sluice found" aria-busy={looking || undefined}>
      <ul className={styles['lines']}>
        {found === null
          ? AWAITED.map((name) => (
              <li key={name} className={styles['line']}>
                <span className={styles['mark']} />
                <span className={styles['name']}>{name}</span>
              </li>
            ))
          : findings(found).map((finding) => <Line key={finding.name} finding={finding} />)}
      </ul>
      <IconButton label="Look again" small onClick={again}>
        <RotateCw />
      </IconButton>
    </section>
  )
}
