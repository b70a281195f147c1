/** The pages of the settings but the shortcuts: rows, and what belongs under some of them. */

import { useLayoutEffect, type ReactNode } from 'react'
import type { Config } from '../../shared/model/config.ts'
import type { Settings } from '../../shared/model/settings.ts'
import { FIELDS, type Page } from './fields.ts'
import { Guessed } from './Guessed.tsx'
import { Sample } from './Sample.tsx'
import { SettingRow, type SettingRowProps } from './SettingRow.tsx'
import styles from './Settings.module.css'
import { read, valueOf } from './settings-form.ts'
import { useGuesses, type Guesses } from './use-guesses.ts'

type Extras = Readonly<Record<string, Pick<SettingRowProps, 'usual' | 'renderMore'>>>

type PageProps = { readonly page: Page; readonly settings: Settings; readonly config: Config; readonly extras?: Extras }

function Rows({ page, settings, config, extras = {} }: PageProps) {
  return FIELDS.filter((field) => field.page === page).map((field) => (
    <SettingRow key={field.at} of={field} value={valueOf(field, settings, config)} {...extras[field.at]} />
  ))
}

/** Draws the page of looks and defaults. */
export function General(props: Omit<PageProps, 'page'>) {
  return <Rows {...props} page="general" />
}

/** Draws the page of terminals. */
export function TerminalPage(props: Omit<PageProps, 'page'>) {
  const { terminalFont, terminalFontSize } = props.settings
  return (
    <Rows
      {...props}
      page="terminal"
      extras={{ terminalFontSize: { renderMore: () => <Sample font={terminalFont} size={terminalFontSize} /> } }}
    />
  )
}

/** Draws the page of notifications; `permission` is the line about the browser's own. */
export function Notifications({ permission, ...props }: Omit<PageProps, 'page'> & { readonly permission: ReactNode }) {
  return (
    <>
      <div className={styles['permission']}>{permission}</div>
      <Rows {...props} page="notifications" />
    </>
  )
}

type HereProps = Omit<PageProps, 'page'> & { readonly target: string | null }

function guessed(guesses: Guesses): Extras {
  return {
    checks: {
      renderMore: ({ text, onChoose }) => {
        const typed = text.split('\n').map((line) => line.trim())
        return (
          <Guessed
            guesses={guesses.checks.filter(({ command }) => !typed.includes(command))}
            onAdd={(command) => onChoose(read({ kind: 'lines', placeholder: '' }, `${text}\n${command}`))}
          />
        )
      },
    },
    setup: {
      renderMore: ({ text, onChoose }) => (
        <Guessed guesses={text.trim() === '' ? guesses.setup.slice(0, 1) : []} onAdd={(command) => onChoose(command)} />
      ),
    },
  }
}

/** Draws one of the two pages of the open repository. */
export function OfRepository({ page, target, ...props }: HereProps & { readonly page: 'landing' | 'sessions' }) {
  const guesses = useGuesses()
  // What was found takes room above; the setting that the user is at stays in sight.
  useLayoutEffect(() => {
    if (guesses.checks.length + guesses.setup.length === 0) return
    document.activeElement?.closest('[data-setting]')?.scrollIntoView({ block: 'nearest' })
  }, [guesses])
  const yours = props.settings.model
  return (
    <Rows
      {...props}
      page={page}
      extras={{
        ...guessed(guesses),
        ...(target === null ? {} : { target: { usual: target } }),
        ...(yours === null ? {} : { model: { usual: `${yours} (your default)` } }),
      }}
    />
  )
}
