/** Which model suits a prompt: a short table of rules, read from above. A suggestion with its reason, never a decision. Pure. */

export const MODELS = ['opus', 'sonnet', 'haiku'] as const
export type Model = (typeof MODELS)[number]

export type Suggested = {
  readonly model: Model
  /** One line that begins with the model's name, such as “Haiku: a rename.” */
  readonly reason: string
}

/** What a rule looks at: the prompt, and how many files its scope holds, null without a scope. */
type Asked = { readonly prompt: string; readonly files: number | null }
type Rule = { readonly model: Model; readonly fits: (asked: Asked) => boolean; readonly because: (asked: Asked) => string }

/** A scope up to here is one person's afternoon. */
const FEW = 12
/** From here on most of the work is keeping it in one's head. */
const MANY = 60

const says =
  (words: RegExp) =>
  ({ prompt }: Asked): boolean =>
    words.test(prompt)

/** True for a prompt that is one small order: a long one has more in it than its verb says. */
function isSmall({ prompt, files }: Asked): boolean {
  return prompt.length <= 400 && (files === null || files <= FEW)
}

/** A rule for small orders that are all of one kind. */
function small(words: RegExp, reason: string): Rule {
  // What is long is no small order: its words are not read, which takes seconds where one line of a pasted log is that long.
  return { model: 'haiku', fits: (asked) => isSmall(asked) && says(words)(asked), because: () => reason }
}

const counted = (files: number): string => `${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}`

/** The first rule that fits is the one. */
const RULES: readonly Rule[] = [
  {
    model: 'opus',
    fits: says(
      /^\W*(?:plan|design|propose|investigate|find out|work out)\b|\b(?:a|the) plan\b|\btrade-?offs?\b|\barchitecture\b/iu,
    ),
    because: () => 'asks for a plan.',
  },
  {
    model: 'opus',
    fits: says(/\b(?:race conditions?|deadlocks?|flaky|memory leaks?|root cause|vulnerabilit(?:y|ies)|intermittent(?:ly)?)\b/iu),
    because: () => 'a fault that is hard to find.',
  },
  {
    model: 'opus',
    fits: ({ files, prompt }) =>
      files !== null && files > MANY && /\b(?:everywhere|all|every|across|rewrite|migrate)\b/iu.test(prompt),
    because: ({ files }) => `a change across ${counted(files ?? 0)}.`,
  },
  {
    model: 'opus',
    // A port is also what a server listens on.
    fits: says(/\b(?:refactor|restructure|redesign|rewrite|migrate)\b|^\W*port\b/iu),
    because: () => 'a restructuring.',
  },
  small(/\brename\b/iu, 'a rename.'),
  small(/\b(?:typos?|spelling|wording)\b/iu, 'a correction of words.'),
  small(/\b(?:bump|upgrade|update)\b.*\b(?:version|dependenc(?:y|ies)|package)\b/iu, 'a new version of a package.'),
  small(/^\W*(?:format|sort|reorder)\b/iu, 'putting things in order.'),
  {
    model: 'sonnet',
    fits: ({ files }) => files !== null && files > 0 && files <= FEW,
    because: ({ files }) => `an implementation within ${counted(files ?? 0)}.`,
  },
  { model: 'sonnet', fits: says(/^\W*(?:document|describe|explain)\b|\breadme\b/iu), because: () => 'writing documentation.' },
  { model: 'sonnet', fits: says(/^\W*(?:test|cover)\b|^\W*(?:add|write) (?:\w+ )?tests?\b/iu), because: () => 'writing tests.' },
  { model: 'sonnet', fits: says(/\b(?:fix|repair|mend)\b/iu), because: () => 'a repair.' },
  { model: 'sonnet', fits: () => true, because: () => 'an implementation.' },
]

/** Fewer words say nothing about the work. */
const LEAST_WORDS = 2

/** Takes a prompt and the number of files in its scope (null without one); gives the model that suits it and why, or null. */
export function suggestModel(prompt: string, files: number | null): Suggested | null {
  const asked = { prompt: prompt.trim(), files }
  if (asked.prompt.split(/\s+/u).filter((word) => word !== '').length < LEAST_WORDS) return null
  const rule = RULES.find(({ fits }) => fits(asked))
  return rule === undefined ? null : { model: rule.model, reason: `${modelTitle(rule.model)}: ${rule.because(asked)}` }
}

/** The name of a model as a sentence begins with it. */
export function modelTitle(model: Model): string {
  return `${model[0]?.toUpperCase() ?? ''}${model.slice(1)}`
}
