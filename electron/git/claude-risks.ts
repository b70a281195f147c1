/** What settings of Claude Code that a repository brings would do, in plain sentences. Pure: knows objects, no files. */

type Fields = Readonly<Record<string, unknown>>

/** Settings that name a command, and when Claude Code would run it. */
const COMMANDS: readonly (readonly [key: string, when: string])[] = [
  ['apiKeyHelper', 'to get its key'],
  ['awsAuthRefresh', 'to sign in'],
  ['awsCredentialExport', 'to sign in'],
  ['gcpAuthRefresh', 'to sign in'],
  ['otelHeadersHelper', 'to report what it does'],
  ['statusLine', 'to draw its status line'],
  ['subagentStatusLine', 'to draw its status line'],
  ['fileSuggestion', 'to suggest files'],
]

/** More than these are counted. */
const SHOWN = 5

/** Takes the settings in the file `name`; gives a sentence for each thing in them that runs or allows something. */
export function claudeRisks(settings: Fields, name: string): readonly string[] {
  const sentences: string[] = []
  const tell = (sentence: string): void => void sentences.push(sentence)
  const permissions = fieldsIn(settings['permissions'])

  const hooks = Object.keys(fieldsIn(settings['hooks']))
  if (hooks.length > 0) tell(`Claude Code would run hooks of the repository (${name}): ${listed(hooks)}.`)
  for (const [key, when] of COMMANDS)
    if (settings[key] !== undefined) tell(`Claude Code would run a command of the repository ${when} (${key} in ${name}).`)
  const variables = Object.keys(fieldsIn(settings['env']))
  if (variables.length > 0) tell(`It sets the environment of Claude Code (${name}): ${listed(variables)}.`)

  const shell = textsIn(permissions['allow']).filter((rule) => /^\s*(?:Bash|PowerShell|\*)/u.test(rule))
  if (shell.length > 0) tell(`Claude Code would run these commands without asking (${name}): ${listed(shell)}.`)
  if ([settings['defaultMode'], permissions['defaultMode']].includes('bypassPermissions'))
    tell(`Claude Code would ask before nothing at all: it would start with permissions bypassed (defaultMode in ${name}).`)
  const folders = textsIn(permissions['additionalDirectories'])
  if (folders.length > 0) tell(`Claude Code would work in folders outside of the repository (${name}): ${listed(folders)}.`)

  if (settings['enableAllProjectMcpServers'] === true)
    tell(`Claude Code would start every tool server of the repository without asking (enableAllProjectMcpServers in ${name}).`)
  const servers = textsIn(settings['enabledMcpjsonServers'])
  if (servers.length > 0)
    tell(`Claude Code would start tool servers of the repository without asking (${name}): ${listed(servers)}.`)
  const plugins = Object.entries(fieldsIn(settings['enabledPlugins'])).filter(([, on]) => on !== false)
  if (plugins.length > 0) tell(`It switches on plugins of Claude Code (${name}): ${listed(plugins.map(([plugin]) => plugin))}.`)
  const markets = Object.keys(fieldsIn(settings['extraKnownMarketplaces']))
  if (markets.length > 0) tell(`It names marketplaces that Claude Code would take plugins from (${name}): ${listed(markets)}.`)
  return sentences
}

/** A value that is fit for a sentence: one line, not too long. */
export function brief(value: string): string {
  // oxlint-disable-next-line no-control-regex
  const line = value.replaceAll(/[\u0000-\u001f\u007f]+/gu, ' ').trim()
  return line.length > 120 ? `${line.slice(0, 120)}…` : line
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).map(brief).join(', ')
  return texts.length > SHOWN ? `${shown} and ${texts.length - SHOWN} more` : shown
}

function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
