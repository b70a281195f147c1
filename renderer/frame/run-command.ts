/** What each command does. The one place for keys, the palette and the bars alike; whether it can is in `refusals.ts`. */

import { flushSync } from 'react-dom'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { CommandId } from '../commands/table.ts'
import { askingFor } from '../queue/asking.ts'
import { rebaseRequest } from '../review/replies.ts'
import { commitAlong } from '../review/sides.ts'
import * as act from '../state/actions.ts'
import { askDiff, type DiffAsk } from '../state/diff-asks.ts'
import { askFiles } from '../state/file-asks.ts'
import { moveBy, orderNow } from '../state/moving.ts'
import { arrange, focused, shown, toggled, usePanes, type Pane, type Panes } from '../state/panes.ts'
import { chooseSide, reloadDiff, setAbout, setOpened, sideOf, useReview, type Over } from '../state/reviewed.ts'
import { chooseShell, shellAlong, shellOnShow, useTabs } from '../state/shells.ts'
import { entryOf } from '../state/standing.ts'
import {
  awayNow,
  openDialog,
  select,
  sessionOnShow,
  setBlanks,
  setDiffStyle,
  setRenaming,
  setWrap,
  toast,
  useHouse,
  useWindow,
  type DialogName,
} from '../state/store.ts'
import { nextWaiting, paneFor, sweep } from '../state/sweep.ts'
import { summaryNow } from '../state/summary-of.ts'
import { askTerminal, type TerminalAsk } from '../state/terminal-asks.ts'
import { focusCascade, focusPane } from './focus.ts'
import { refused, type Facts } from './refusals.ts'
import { watchDemo } from './watch-demo.ts'

/** What is so now of a session, by id, or of the one on show; null before the first snapshot. */
export function factsNow(id: string | null = null): Facts | null {
  const house = useHouse.getState()
  const { view } = house.projection
  if (view === null) return null
  const { selected, stopping, answerable } = useWindow.getState()
  // One that was named is that one or none: what was meant for it happens to no other.
  const session = id === null ? sessionOnShow(view.sessions, selected) : (view.sessions.find((one) => one.id === id) ?? null)
  const { reviewed } = useReview.getState()
  return {
    view,
    session,
    entry: session === null ? null : entryOf(view.queue, session.name),
    at: session === null ? -1 : orderNow().indexOf(session.id),
    shell: session === null ? null : shellOnShow(view.shells, useTabs.getState().chosen, session.id),
    reviewed: reviewed !== null && reviewed.session === session?.id ? reviewed : null,
    panes: usePanes.getState(),
    stopping,
    answerable,
    away: awayNow(house),
  }
}

/** Shows a session; a tab that has the focus hands it on. */
export function goToSession(id: string): void {
  const inCascade = document.activeElement?.matches('[role="tab"][data-session]') === true
  flushSync(() => select(id))
  if (inCascade) focusCascade()
}

/** Shows a pane of a session and puts the focus into it. */
export function goToPane(pane: Pane, session: { readonly id: string; readonly name: string } | null): void {
  flushSync(() => {
    if (session !== null) select(session.id)
    arrange((before) => shown(before, pane))
  })
  focusPane(pane, session)
}

/** Changes the layout; the focus never stays in a pane that went away. */
function layOut(next: (before: Panes) => Panes): void {
  flushSync(() => arrange(next))
  if (document.activeElement === null || document.activeElement === document.body) focusCascade()
}

function only(pane: Pane): void {
  layOut((before) => focused(before, pane))
  // Not into a terminal: the same key could not bring the others back.
  if (usePanes.getState().alone === pane && pane !== 'terminal') focusPane(pane)
}

function watch(terminals: 'two' | 'grid'): void {
  layOut((before) => ({ ...shown(before, 'terminal'), terminals: before.terminals === terminals ? 'one' : terminals }))
}

function goAlong({ at }: Facts, step: 1 | -1): void {
  const order = orderNow()
  const next = order[(at + step + order.length) % order.length]
  if (next !== undefined) goToSession(next)
}

function sweepOn({ view, session }: Facts): void {
  const next = nextWaiting(sweep(view.sessions, view.queue), session?.id ?? null)
  if (next === null) return toast({ tone: 'done', message: 'Nobody waits for you.' })
  const pane = paneFor(next.session, entryOf(view.queue, next.session.name))
  if (pane !== 'terminal') return goToPane(pane, next.session)
  // Not into the terminal: the next key of the sweep would answer the program there. Enter leads in.
  flushSync(() => {
    select(next.session.id)
    arrange((before) => shown(before, pane))
  })
  focusCascade()
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast({ tone: 'done', message: `Copied “${text}”.` })
  } catch {
    toast({ tone: 'failure', message: 'The browser did not let Sluice copy. Click into the page and try again.' })
  }
}

function askToMend(session: Session, { view, entry }: Facts): void {
  if (entry === null) return
  const asking = askingFor(entry, session, view.repository?.target?.branch ?? 'the target', view.config.checks)
  if (asking !== null) void act.prompt(session.name, asking.prompt, asking.done)
}

function review(session: Session, side: DiffOf): void {
  chooseSide(session.id, side)
  goToPane('review', session)
}

function reviewAlong(step: 1 | -1): Run {
  return of((session) => {
    const commits = summaryNow(session.id)?.commits ?? []
    const next = commitAlong(commits, sideOf(useReview.getState(), session.id), step)
    if (next !== null) return review(session, next)
    return toast({
      tone: 'done',
      message: commits.length === 0 ? 'It has no commits yet.' : 'There is no other commit that way.',
    })
  })
}

function askToRebase({ name }: Session, { view }: Facts): Promise<boolean> {
  const target = view.repository?.target?.branch ?? 'the target'
  return act.prompt(name, rebaseRequest(target), `Asked “${name}” to rebase onto ${target}.`)
}

async function newShell(session: Session): Promise<void> {
  if (await act.openShell(session)) goToPane('terminal', session)
}

function showAlong(step: 1 | -1): Run {
  return of(({ id }, { view }) => chooseShell(id, shellAlong(view.shells, useTabs.getState().chosen, id, step)))
}

type Run = (facts: Facts) => unknown

/** Runs with the session on show. */
function of(action: (session: Session, facts: Facts) => unknown): Run {
  return (facts) => (facts.session === null ? null : action(facts.session, facts))
}
const named = (action: (name: string) => unknown): Run => of(({ name }) => action(name))
/** Opens a dialog about the session on show. */
const at = (dialog: DialogName): Run => of(({ id }) => openDialog(dialog, { at: id }))
const answer = (allow: boolean): Run => of(({ name, permission }) => permission && act.answer(name, permission.id, allow))
/** Of the terminal on show; the menu or palette it was picked in has closed by then. */
const askShown =
  (ask: TerminalAsk): Run =>
  () =>
    askTerminal(ask)
/** Of the diff on show. */
const askShownDiff =
  (ask: DiffAsk): Run =>
  () =>
    askDiff(ask)
const to = (pane: Pane): Run => of((session) => goToPane(pane, session))
/** Opens what stands over the review. */
const over = (what: Over): Run =>
  of((session) => {
    goToPane('review', session)
    setOpened(what, session.id, true)
  })
const fold =
  (pane: Pane): Run =>
  () =>
    layOut((before) => toggled(before, pane))
const theme =
  (value: Settings['theme']): Run =>
  () =>
    act.setSetting('theme', value)

const RUNS: Readonly<Record<CommandId, Run>> = {
  'session.new': () => openDialog('new-session'),
  sweep: sweepOn,
  'session.rename': of(({ id }) => setRenaming(id)),
  'session.left': of(({ id }) => moveBy(id, -1)),
  'session.right': of(({ id }) => moveBy(id, 1)),
  'session.next': (facts) => goAlong(facts, 1),
  'session.previous': (facts) => goAlong(facts, -1),
  'session.stop': of((session) => act.stop(session)),
  'session.interrupt': named(act.interrupt),
  'session.allow': answer(true),
  'session.deny': answer(false),
  'session.pause': named(act.pause),
  'session.resume': named(act.resume),
  'session.fork': at('fork'),
  'session.archive': at('archive'),
  'session.restore': named(act.restore),
  'sessions.archived': () => openDialog('archived'),
  'session.import': () => openDialog('import'),
  'session.timeline': at('timeline'),
  'repository.timeline': () => openDialog('timeline'),
  'session.send-again': of((session) => act.sendAgain(session)),
  'session.forget-prompt': named(act.forgetPrompt),
  'session.repair': named(act.repair),
  'session.ask-commit': named(act.askToCommit),
  'session.copy-branch': of(({ branch }) => copy(branch)),
  'session.copy-worktree': of(({ worktree }) => copy(worktree)),
  'review.approve': of(({ name }, { reviewed }) => reviewed && act.approve(name, reviewed.head)),
  'review.unapprove': named(act.unapprove),
  'review.land': of(({ name }, { reviewed, entry }) => reviewed && act.land(name, reviewed.head, entry)),
  'queue.retry': named(act.retry),
  'queue.ask': of(askToMend),
  'queue.drop-handoff': named(act.dropHandoff),
  'queue.remove': named(act.takeOut),
  'review.branch': of((session) => review(session, 'branch')),
  'review.uncommitted': of((session) => review(session, 'uncommitted')),
  'review.looked': of((session) => review(session, 'looked')),
  'review.unviewed': of((session) => review(session, 'unviewed')),
  'review.sides': over('sides'),
  'review.commit-next': reviewAlong(1),
  'review.commit-previous': reviewAlong(-1),
  'review.about': () => setAbout(!useReview.getState().about),
  'review.readiness': over('readiness'),
  'review.answer': at('answer'),
  'review.decisions': over('decisions'),
  'review.hand': at('hand'),
  'review.commit': at('commit'),
  'review.pull': at('pull'),
  'review.ask-rebase': of(askToRebase),
  'review.style': () => setDiffStyle(useWindow.getState().diffStyle === 'split' ? 'unified' : 'split'),
  'review.wrap': () => setWrap(!useWindow.getState().wrap),
  'review.blanks': () => setBlanks(!useWindow.getState().blanks),
  'review.find': askShownDiff('find'),
  'review.next-change': askShownDiff('next-change'),
  'review.previous-change': askShownDiff('previous-change'),
  'review.files': () => askFiles('go'),
  'review.filter': () => askFiles('filter'),
  'review.view': () => askFiles('view'),
  'review.comment': askShownDiff('comment'),
  'review.reload': reloadDiff,
  'pane.terminal': to('terminal'),
  'pane.review': to('review'),
  'pane.queue': ({ session }) => goToPane('queue', session),
  'pane.cascade': focusCascade,
  'pane.leave-terminal': focusCascade,
  'shell.new': of(newShell),
  'shell.close': ({ shell }) => shell && act.closeShell(shell),
  'shell.next': showAlong(1),
  'shell.previous': showAlong(-1),
  'pane.hide-terminal': fold('terminal'),
  'pane.hide-review': fold('review'),
  'pane.hide-queue': fold('queue'),
  'pane.only-terminal': () => only('terminal'),
  'pane.only-review': () => only('review'),
  'terminal.find': askShown('find'),
  'terminal.copy': askShown('copy'),
  'terminal.paste': askShown('paste'),
  'terminal.select-all': askShown('select-all'),
  'terminal.clear': askShown('clear'),
  'terminal.bottom': askShown('bottom'),
  'terminals.two': () => watch('two'),
  'terminals.grid': () => watch('grid'),
  palette: () => openDialog('palette'),
  shortcuts: () => openDialog('shortcuts'),
  settings: () => openDialog('settings'),
  'repository.open': () => openDialog('open-repository'),
  'repository.trust': () => openDialog('trust'),
  'window.theme-system': theme('system'),
  'window.theme-light': theme('light'),
  'window.theme-dark': theme('dark'),
  'window.density': ({ view }) => act.setSetting('density', view.settings.density === 'compact' ? 'comfortable' : 'compact'),
  'window.quiet': ({ view }) => act.setSetting('doNotDisturb', !view.settings.doNotDisturb),
  demo: watchDemo,
}

/** Runs the command on the session on show, or on the named one; says in a short message why it cannot. */
export function run(id: CommandId, session: string | null = null): void {
  const facts = factsNow(session)
  if (facts === null) return
  const why = refused(id, facts)
  if (why === null) void RUNS[id](facts)
  else toast({ tone: 'done', message: why })
}
