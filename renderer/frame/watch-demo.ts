/** The demonstration as a command: started, then opened in a tab of its own. */

import { desktop } from '../state/desktop.ts'
import { startDemo } from '../state/finding.ts'
import { toast } from '../state/store.ts'

/** Starts the demonstration, or finds it running, and opens it; says so when the browser kept the tab from opening. */
export async function watchDemo(): Promise<void> {
  toast({ tone: 'done', message: 'Making the sample repository; this takes some seconds.' })
  const started = await startDemo()
  if (!started.ok) return toast({ tone: 'failure', message: started.failure.message })
  const tab = window.open(started.value, '_blank')
  // The desktop app gives the address to the browser, and no window.
  if (tab !== null || desktop() !== null) {
    if (tab !== null) tab.opener = null
    return toast({ tone: 'done', message: 'The demo runs in a tab of its own and ends with Sluice.' })
  }
  toast({
    tone: 'failure',
    message: 'The demo runs, but the browser kept its tab from opening. Run the command again to open it.',
  })
}
