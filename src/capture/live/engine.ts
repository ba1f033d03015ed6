import { escapeControls } from '../../byte-writer.ts'
import { CaptureError } from '../errors.ts'
import { planCap } from './cap-engine.ts'
import {
  type CaptureRequest,
  type Capturer,
  type EngineName,
  launch,
  type Plan,
  Refusal,
  type Start,
} from './capturer.ts'
import { planDumpcap } from './dumpcap.ts'
import { type RemoteOptions, remoteDevice, startRemote } from './remote.ts'
import { planTcpdump } from './tcpdump.ts'

export type { CaptureRequest, Capturer, EngineName } from './capturer.ts'

/** How each engine captures. */
const plans: Readonly<Record<EngineName, (request: CaptureRequest) => Plan>> = {
  cap: planCap,
  tcpdump: planTcpdump,
  dumpcap: planDumpcap,
}

/** @throws {Refusal} where the engine cannot do it */
export const planOf = (engine: EngineName, request: CaptureRequest): Plan => plans[engine](request)

export type StartOptions = RemoteOptions & {
  /** Who starts the process that captures; default: this one. */
  readonly start?: Start | undefined
}

/** In the order in which they are tried. */
export const engineNames: readonly EngineName[] = ['cap', 'tcpdump', 'dumpcap']
/** The same for all interfaces of Linux at once: only tcpdump tells of each packet on which one it came. */
const engineNamesForAny: readonly EngineName[] = ['tcpdump', 'cap', 'dumpcap']

/** No other engine will do better. */
const isFinal = ({ kind }: Refusal): boolean => kind === 'device' || kind === 'down' || kind === 'filter'

/**
 * Begins to capture, and returns once the device is open.
 *
 * @throws {CaptureError} with the sentence for the user where that is not possible
 */
export async function startCapturer(request: CaptureRequest, options: StartOptions = {}): Promise<Capturer> {
  const remote = remoteDevice(request.device)
  const device = remote?.device ?? request.device
  // A leading dash would be an option, and dumpcap reads from pipes and sockets where a name says so.
  if (!/^[^-/\s][^/\s]*$/.test(device) || device.startsWith('TCP@'))
    throw new CaptureError(`${JSON.stringify(escapeControls(device))} is no name of an interface`)
  if (request.filter.includes('\0')) throw new CaptureError('a filter holds no zero byte')
  if (remote) return startRemote(request, remote, options)
  const { start } = options
  return request.engine ? launch(planOf(request.engine, request), start) : startFirst(request, start)
}

async function startFirst(request: CaptureRequest, start: Start | undefined): Promise<Capturer> {
  const refusals: Refusal[] = []
  for (const name of request.device === 'any' ? engineNamesForAny : engineNames) {
    if (name === 'cap' && !request.promiscuous) continue
    try {
      return await launch(planOf(name, request), start)
    } catch (error) {
      if (!(error instanceof Refusal) || isFinal(error)) throw error
      refusals.push(error)
    }
  }
  const worst =
    refusals.find(({ kind }) => kind === 'permission') ?? refusals.find(({ kind }) => kind === 'other')
  const device = escapeControls(request.device)
  throw (
    worst ??
    new CaptureError(
      `cannot capture on ${device}: neither tcpdump nor dumpcap is installed, nor is cap built`,
    )
  )
}
