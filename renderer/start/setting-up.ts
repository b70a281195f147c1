/** Tells when a session that is being started is set up in its terminal: nobody needs to wait for that in a dialog. */

import { useHouse } from '../state/store.ts'

/** Calls back once, with the id of the session of this name. Gives the way to stop watching. */
export function onceSettingUp(name: string, then: (id: string) => void): () => void {
  const unwatch = useHouse.subscribe(({ projection }) => {
    const there = projection.view?.sessions.find((one) => one.name === name && one.settingUp === true)
    if (there === undefined) return
    unwatch()
    then(there.id)
  })
  return unwatch
}
