/** Starts Sluice again after a fault, lets it settle, and says what does not hold. */

import { until } from '../until.ts'
import { openAgain } from './again.ts'
import type { Precious } from './life.ts'
import { complaints, processesOf } from './oracle.ts'
import type { Scene } from './scene.ts'

export async function wrongAfter(scene: Scene, precious: readonly Precious[]): Promise<readonly string[]> {
  const again = await openAgain(scene)
  const wrong: string[] = []
  try {
    await again.settled()
    // Git is asked while a restore may still be on its way: what it then refuses is asked again.
    const look = async (): Promise<readonly string[]> =>
      complaints(scene, await again.sessions(), precious).catch((error: unknown) => [String(error)])
    wrong.push(...(await until(async () => ((await look()).length === 0 ? [] : null)).catch(look)))
    const refused = await again.startOne()
    if (refused !== null) wrong.push(`cannot start another session: ${refused}`)
  } catch (error) {
    wrong.push(String(error))
  }
  await again.close().catch((error: unknown) => wrong.push(String(error)))
  return [...wrong, ...(await processesOf(scene)).map((process) => `left a process: ${process}`)]
}
