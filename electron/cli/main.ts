/** The `sluice` command: words in, one outcome out. */

import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { defaultDataDir } from '../kit/data-dir.ts'
import { findRuntime, runDemo, runDesktop } from './desktop.ts'
import { UsageError } from './grammar.ts'
import { HELP } from './help.ts'
import { serve } from './host.ts'
import { openLink } from './link.ts'
import { done, EXIT, failed, type Outcome } from './outcome.ts'
import { findPlaces } from './places.ts'
import { runVerb } from './verbs.ts'
import { parseWords, type Command } from './words.ts'

function write(text: string): void {
  process.stdout.write(text)
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function open(command: Extract<Command, { kind: 'open' }>, dataDir: string): Promise<Outcome> {
  const places = await findPlaces(import.meta.url)
  const folder = command.folder === undefined ? undefined : resolve(command.folder)
  if (folder !== undefined && !(await isThere(folder))) {
    const message = `“${command.folder}” is neither a command nor a folder. “sluice --help” shows the commands.`
    return failed(EXIT.usage, { code: 'usage', message })
  }
  const runtime = await findRuntime()
  if (runtime !== null) {
    const code = await runDesktop(runtime, places.desktop, [
      ...(folder === undefined ? [] : [folder]),
      ...(command.data === undefined ? [] : ['--data', dataDir]),
    ])
    return { code }
  }
  process.stderr.write('The Electron runtime is not here and could not be downloaded, so Sluice opens in the browser instead.\n')
  return serve(
    { dataDir, folder, port: undefined, claude: undefined, trust: false, browser: true, json: command.json },
    places,
    (line) => write(`${line}\n`),
  )
}

async function run(command: Command): Promise<Outcome> {
  const dataDir = resolve(command.data ?? defaultDataDir(process.env, process.platform, homedir()))
  switch (command.kind) {
    case 'help':
      return done({ help: HELP }, HELP)
    case 'version': {
      const { version } = await findPlaces(import.meta.url)
      return done({ version }, version)
    }
    case 'open':
      return open(command, dataDir)
    case 'serve':
      return serve({ ...command, dataDir }, await findPlaces(import.meta.url), (line) => write(`${line}\n`))
    case 'demo':
      return runDemo(await findPlaces(import.meta.url), command)
    default: {
      const link = await openLink(dataDir)
      if (link === null) {
        return failed(EXIT.noHost, {
          code: 'no-host',
          message: `No Sluice is running on ${dataDir}. Start one with “sluice serve DIR”.`,
        })
      }
      return runVerb(link, command, { input: process.stdin, write, tell: (text) => void process.stderr.write(`${text}\n`) })
    }
  }
}

function report(outcome: Outcome, json: boolean): void {
  if (json && outcome.json !== undefined) write(`${JSON.stringify(outcome.json)}\n`)
  if (!json && outcome.text !== undefined) write(`${outcome.text}\n`)
  if (!json && outcome.message !== undefined) process.stderr.write(`${outcome.message}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  // A reader that went away, such as `head`, ends the command quietly.
  process.stdout.on('error', () => process.exit(EXIT.done))
  const json = args.includes('--json')
  try {
    const outcome = await run(parseWords(args))
    report(outcome, json)
    return outcome.code
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    report(failed(EXIT.usage, { code: 'usage', message: `${error.message} “sluice --help” shows what there is.` }), json)
    return EXIT.usage
  }
}

process.exitCode = await main(process.argv.slice(2))
