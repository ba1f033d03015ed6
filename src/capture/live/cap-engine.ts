import { builtProgram } from './built.ts'
import { capMissing } from './cap-missing.ts'
import { type CaptureRequest, type Plan, Refusal } from './capturer.ts'
import { complaintOf, endingOf } from './complaints.ts'
import { kernelBuffer } from './kernel-buffer.ts'

const place = { program: 'the engine cap' }

/**
 * Captures with libpcap in a Node process of its own, which takes the times itself.
 * @throws {Refusal} where it cannot
 */
export function planCap(request: CaptureRequest): Plan {
  const { device, filter, snapLength, promiscuous } = request
  if (!promiscuous)
    throw new Refusal({
      kind: 'other',
      text: `cannot capture on ${device}: the engine cap always makes the interface promiscuous; use tcpdump or dumpcap`,
    })
  const worker = builtProgram('capture-worker.js')
  if (worker === undefined) throw new Refusal(unbuilt(device))
  return {
    device,
    engine: 'cap',
    // cap aborts its process when the interface goes: nobody wants the core of that.
    command: [
      'sh',
      '-c',
      'ulimit -c 0; exec "$@"',
      'sh',
      process.execPath,
      worker,
      device,
      filter,
      `${snapLength}`,
      `${kernelBuffer()}`,
    ],
    keeps: true,
    clock: 'time taken by vpnscope, not by the kernel',
    refusal: (said, exit) =>
      exit.code === capMissing ? unbuilt(device) : complaintOf(request, place, said, exit),
    ending: (said, exit) => endingOf(device, place, said, exit),
  }
}

const unbuilt = (device: string) =>
  ({
    kind: 'missing',
    text: `cannot capture on ${device}: the package cap is not built for this system`,
  }) as const
