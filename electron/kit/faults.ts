/** The net under everything: an error that nobody caught is logged, and the House goes on. It owns running sessions. */

import type { Log } from './log.ts'

type Source = { on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown }

/** Logs what would otherwise end the process. */
export function outliveFaults(process: Source, log: Log): void {
  process.on('uncaughtException', (error) => log.fault(error, { uncaught: true }))
  process.on('unhandledRejection', (error) => log.fault(error, { uncaught: true }))
}
