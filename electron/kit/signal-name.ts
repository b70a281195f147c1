/** Names of signals, as this system numbers them. */

import { constants } from 'node:os'

/** “SIGKILL” for 9; a number without a name stays one: “signal 40”. */
export function signalName(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`
}
