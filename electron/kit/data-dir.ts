/** Where Sluice keeps its own state: the platform's place for it, never the user's repository or Claude's folder. */

import { join } from 'node:path'

/** Takes the environment, platform and home folder; gives the absolute data directory. `SLUICE_DATA` wins. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  const chosen = env['SLUICE_DATA']
  if (chosen !== undefined && chosen !== '') return chosen
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sluice')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Sluice')
  const state = env['XDG_STATE_HOME']
  return join(state !== undefined && state.startsWith('/') ? state : join(home, '.local', 'state'), 'sluice')
}
