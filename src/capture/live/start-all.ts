import { type CaptureRequest, type Capturer, startCapturer } from './engine.ts'
import { isRemote, type RemoteOptions } from './remote.ts'

export type StartOptions = RemoteOptions & {
  /** Called when the interfaces of this system are open, before ssh is started: nothing needs root's rights any more. */
  readonly onOpen?: (() => void) | undefined
}

/**
 * Begins to capture on all of them: on those of this system at once, then on the others one by one, as two ssh that ask
 * for a password at the same time cannot be told apart.
 *
 * @throws {CaptureError} where one cannot be captured on; none is then
 */
export async function startAll(
  requests: readonly CaptureRequest[],
  { onOpen, ...options }: StartOptions = {},
): Promise<Capturer[]> {
  const remote = requests.filter(({ device }) => isRemote(device))
  const here = requests.filter(request => !remote.includes(request))
  const results = await Promise.allSettled(here.map(request => startCapturer(request)))
  const started = results.flatMap(result => (result.status === 'fulfilled' ? result.value : []))
  try {
    for (const result of results) if (result.status === 'rejected') throw result.reason
    onOpen?.()
    for (const request of remote) started.push(await startCapturer(request, options))
    return started
  } catch (error) {
    for (const capturer of started) capturer.stop()
    throw error
  }
}
