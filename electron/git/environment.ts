/** The environment git runs in: the user's own, without what would steer git, and without anything that could wait for a person. Pure. */

export type Environment = Readonly<Record<string, string | undefined>>

/** Where the user keeps git's own files, and who the user is: the only inherited settings that git still sees. */
const KEPT = new Set([
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_EXEC_PATH',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
])

/** Takes the inherited environment; gives git's. */
export function cleanEnvironment(inherited: Environment): Record<string, string> {
  const clean: Record<string, string> = {}
  for (const [name, value] of Object.entries(inherited)) {
    const steers = /^GIT_/iu.test(name) || name === 'LANGUAGE' || name === 'SSH_ASKPASS'
    if (value !== undefined && (!steers || KEPT.has(name))) clean[name] = value
  }
  return {
    ...clean,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: ':',
    GIT_SEQUENCE_EDITOR: ':',
    GIT_PAGER: 'cat',
    GIT_MERGE_AUTOEDIT: 'no',
  }
}

/** Reads never take a lock that the user's own git could trip over. */
export const READING: Environment = { GIT_OPTIONAL_LOCKS: '0' }

/** Before trust nothing is fetched: a partial clone would start the repository's own ssh command. */
export const UNTRUSTED: Environment = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' }

/** Settings that cannot travel as `-c name=value` because the name may hold any character. */
export function settings(pairs: readonly (readonly [key: string, value: string])[]): Environment {
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(pairs.length) }
  pairs.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key
    environment[`GIT_CONFIG_VALUE_${index}`] = value
  })
  return environment
}
