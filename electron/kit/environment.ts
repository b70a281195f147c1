/** The environment that the user's own commands get: theirs, without the traces of whoever started Sluice. */

/**
 * Marks that a Claude Code session leaves for its children. With them a new `claude` writes no transcript and no status file
 * (measured with 2.1.329). The user's provider settings (ANTHROPIC_*, CLAUDE_CODE_USE_*, CLAUDE_CONFIG_DIR …) stay.
 */
const SESSION_MARKS = new Set([
  'CLAUDECODE',
  'CLAUDE_PID',
  'CLAUDE_EFFORT',
  'CLAUDE_PROJECT_DIR',
  'CLAUDE_ENV_FILE',
  'CLAUDE_PLUGIN_ROOT',
  'CLAUDE_PLUGIN_DATA',
  'CLAUDE_CODE_CHILD_SESSION',
  'CLAUDE_CODE_ENTRYPOINT',
  'CLAUDE_CODE_EXECPATH',
  'CLAUDE_CODE_SESSION_ID',
  'CLAUDE_CODE_SSE_PORT',
  'CLAUDE_CODE_REMOTE',
  'CLAUDE_CODE_REMOTE_SESSION_ID',
  'CLAUDE_CODE_REMOTE_ENVIRONMENT_TYPE',
  'CLAUDE_CODE_TMPDIR',
  'CLAUDE_CODE_AGENT_ID',
  'CLAUDE_CODE_AGENT_NAME',
  'CLAUDE_CODE_PARENT_SESSION_ID',
  'CLAUDE_CODE_TEAM_NAME',
  'CLAUDE_CODE_PLAN_MODE_REQUIRED',
  'AI_AGENT',
  'INIT_CWD',
  'NODE',
  'COLOR',
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ATTACH_CONSOLE',
])

/** What ties git calls to one repository (`git rev-parse --local-env-vars`): inherited from a hook it would point them at another one. */
const GIT_LOCATIONS = new Set(
  (
    'GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_PREFIX GIT_NAMESPACE GIT_OBJECT_DIRECTORY GIT_EXEC_PATH ' +
    'GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_CONFIG GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_IMPLICIT_WORK_TREE GIT_GRAFT_FILE ' +
    'GIT_NO_REPLACE_OBJECTS GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_INTERNAL_SUPER_PREFIX GIT_EDITOR GIT_SEQUENCE_EDITOR'
  ).split(' '),
)

/** npm's own variables, and ours. */
const MARK_PREFIXES = ['npm_', 'SLUICE_', 'GIT_CONFIG_KEY_', 'GIT_CONFIG_VALUE_'] as const

/**
 * Takes an environment and the PATH of the user's login shell; gives what a command of the user may see.
 * Pure: the given environment is not changed.
 */
export function userEnvironment(env: Readonly<NodeJS.ProcessEnv>, path: string): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (
      value === undefined ||
      SESSION_MARKS.has(name) ||
      GIT_LOCATIONS.has(name) ||
      MARK_PREFIXES.some((prefix) => name.startsWith(prefix))
    )
      continue
    kept[name] = value
  }
  kept['PATH'] = path
  return kept
}

/** Takes a PATH; gives it without the folders that `npm run` puts in front. */
export function withoutNpmFolders(path: string, delimiter: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin[\\/]?$/u.test(folder) && !/[\\/]node-gyp-bin[\\/]?$/u.test(folder))
    .join(delimiter)
}
