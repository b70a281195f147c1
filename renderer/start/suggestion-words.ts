/** What is said of the model that suits a prompt. Pure. */

import { modelTitle, type Model, type Suggested } from '../../shared/model/routing.ts'

const VERDICT: Readonly<Record<Model, string>> = { haiku: 'is enough', sonnet: 'fits', opus: 'is best' }

/** Takes the suggestion, whose reason begins with the model's name; gives it as a sentence: “Looks like a rename: Haiku is enough.” */
export function suggestionWords({ model, reason }: Suggested): string {
  const title = modelTitle(model)
  const because = reason.slice(`${title}: `.length).replace(/\.$/u, '').replace('an implementation within', 'work within')
  const looks = because.startsWith('asks ') ? `This ${because}` : `Looks like ${because}`
  return `${looks}: ${title} ${VERDICT[model]}.`
}
