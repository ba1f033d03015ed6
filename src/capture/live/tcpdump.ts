import type { CaptureRequest, Counters, Plan } from './capturer.ts'
import { complaintOf, endingOf } from './complaints.ts'
import { kernelBuffer } from './kernel-buffer.ts'
import { encodeWord, quote, untilStdinEnds } from './wrapper.ts'

/**
 * A tcpdump of the tcpdump group, as on Linux, macOS, FreeBSD and NetBSD, or OpenBSD's own.
 *
 * OpenBSD's knows no `-U` (with -w it never buffers), no `-s 0`, means another thing by `-B`, and loses what the
 * kernel keeps for up to a second when it is stopped. The others' options came one by one over the years, and their
 * usage text says which are there. Without `--immediate-mode` Linux hands packets over once a second; a buffer size
 * and nanoseconds are for Linux alone, because libpcap refuses them on some systems and would then capture nothing.
 */
const options = [
  'if [ $(uname) = OpenBSD ]; then',
  'linger=1; [ $snap -gt 0 ] || snap=65535;',
  'else',
  'linger=0.1; set -- -U; usage=$(tcpdump -h 2>&1);',
  'case $usage in *--immediate-mode*) set -- "$@" --immediate-mode;; esac;',
  'if [ $(uname) = Linux ]; then set -- "$@" -B $buffer;',
  'case $usage in *--time-stamp-precision*) set -- "$@" --time-stamp-precision=nano;; esac; fi;',
  'fi;',
  '[ $promiscuous = yes ] || set -- "$@" -p;',
  'set -- tcpdump "$@" -n -s $snap -i "$device" -w -;',
].join(' ')

/**
 * Leaves out the connection that carries the capture: it would report on itself without end. With others beside it, two
 * would report on each other: then all connections of ours to that port are left out. This comes before the user's
 * filter, because `vlan` and `mpls` in a filter move the offsets of all that follows.
 */
const withoutOwnConnection = [
  'set -f; set -- $SSH_CONNECTION;',
  'if [ $# -ge 4 ]; then',
  // Link-local IPv6 addresses come with a zone, which is nothing to the packets.
  'client=$(echo "$1" | cut -d % -f 1); server=$(echo "$3" | cut -d % -f 1);',
  'own="tcp and host $client and host $server and port $2 and port $4";',
  'if [ $others = yes ]; then own="tcp and host $client and port $4"; fi; own="not ($own)";',
  'if [ -n "$filter" ]; then filter="$own and ($filter)"; else filter=$own; fi;',
  'fi; set --;',
].join(' ')

/** Bytes that the kernel of another system may keep for us, at most. */
const remoteBuffer = 256 << 20

/** As much of the memory over there as here; where nobody tells how much it is, 32 MB are asked for. */
const fittingBuffer = [
  'memory=$(set -- $(grep MemTotal: /proc/meminfo 2>/dev/null) 0 1048576; echo $2);',
  '[ $((memory / 32)) -ge $buffer ] || buffer=$((memory / 32));',
].join(' ')

/**
 * The command line that runs tcpdump under the wrapper, for a local `sh` and for the login shell of another system.
 *
 * @param isRemote leave out the ssh connection that carries the capture
 */
export function tcpdumpCommand(request: CaptureRequest, isRemote: boolean): readonly [string, ...string[]] {
  const { device, filter, snapLength, promiscuous, besideOthers = false } = request
  const script = [
    'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin;',
    'device=$(printf %b "$1"); filter=$(printf %b "$2"); snap=$3; promiscuous=$4; buffer=$5; others=$6; set --;',
    isRemote ? `${withoutOwnConnection} ${fittingBuffer}` : '',
    options,
    'if [ -n "$filter" ]; then set -- "$@" -- "$filter"; fi;',
    untilStdinEnds('INFO or USR1', '$linger'),
  ].join(' ')
  const words = [
    encodeWord(device),
    encodeWord(filter),
    `${snapLength}`,
    promiscuous ? 'yes' : 'no',
    `${(isRemote ? remoteBuffer : kernelBuffer()) >>> 10}`,
    besideOthers ? 'yes' : 'no',
  ]
  return ['sh', '-c', script, 'sh', ...words]
}

/**
 * Runs the script in `$1` as root where that takes no password: few systems let root log in. All of it, because nobody
 * else may stop a tcpdump of root's.
 */
const asRoot = [
  'script=$1; shift;',
  '[ $(id -u) -eq 0 ] || for become in sudo doas; do',
  '$become -n true >/dev/null 2>&1 &&',
  'exec $become -n env SSH_CONNECTION="$SSH_CONNECTION" sh -c "$script" sh "$@";',
  'done;',
  'exec sh -c "$script" sh "$@"',
].join(' ')

/** The same as one line for a shell that need not be a POSIX one. */
export const tcpdumpLine = (request: CaptureRequest): string => {
  const [, , script, , ...words] = tcpdumpCommand(request, true)
  return ['sh -c', quote(asRoot), 'sh', ...[script!, ...words].map(quote)].join(' ')
}

/** tcpdump's counters: in one line when asked for, and one a line at the end. */
export function countTcpdump(line: string, counters: Counters): boolean {
  const counted = [
    ...line.matchAll(/(\d+) packets? (captured|received by filter|dropped by (kernel|interface))/g),
  ]
  if (counted.length === 0) return false
  const number = (what: string) => counted.find(match => match[2] === what)?.[1]
  const received = number('received by filter')
  if (received !== undefined) counters.received = Number(received)
  const kernel = number('dropped by kernel')
  const byInterface = number('dropped by interface')
  // The kernel's number comes first, and the interface's, if there is one, is on top of it.
  if (kernel !== undefined) counters.dropped = Number(kernel)
  if (byInterface !== undefined) counters.dropped = (counters.dropped ?? 0) + Number(byInterface)
  return true
}

/** What all tcpdumps have in common. They install the handler for our question before they say that they listen. */
export const tcpdumpPlan = { ready: /listening on /, count: countTcpdump } satisfies Partial<Plan>

const place = { program: 'tcpdump' }

/** Captures with the tcpdump of this system. */
export const planTcpdump = (request: CaptureRequest): Plan => ({
  ...tcpdumpPlan,
  device: request.device,
  engine: 'tcpdump',
  command: tcpdumpCommand(request, false),
  refusal: (said, exit) => complaintOf(request, place, said, exit),
  ending: (said, exit) => endingOf(request.device, place, said, exit),
})
