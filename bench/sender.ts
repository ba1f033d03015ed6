import { createRequire } from 'node:module'

/**
 * Sends frames at a steady rate into an interface, and prints what it did. Arguments: the interface, frames a second,
 * seconds, bytes of a frame. A frame is an Ethernet broadcast of ESP in IPv4.
 */

/** The part of the package cap that sends. */
type Cap = {
  open(device: string, filter: string, bufferSize: number, into: Buffer): string
  send(frame: Buffer, length: number): void
}

const [device = '', rate = '', seconds = '', length = ''] = process.argv.slice(2)
const { Cap }: { Cap: new () => Cap } = createRequire(import.meta.url)('cap')
const cap = new Cap()
// It cannot open without listening, so it listens for what there is not.
cap.open(device, 'greater 70000', 1 << 20, Buffer.alloc(65535))

const frame = Buffer.alloc(Number(length), 0x5a)
frame.write('ffffffffffff00005e0053020800', 'hex')
frame.write('4500000000004000403200000a0000010a000002', 14, 'hex')
frame.writeUInt16BE(frame.length - 14, 16)
let sum = 0
for (let at = 14; at < 34; at += 2) sum += frame.readUInt16BE(at)
frame.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 24)

const total = Number(rate) * Number(seconds)
const began = performance.now()
let sent = 0

/** Sends what is due by now; where it is late, it makes up for it. */
function sendDue(): void {
  const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * Number(rate)))
  while (sent < due) {
    // The sequence number of ESP, behind its SPI.
    frame.writeUInt32BE(++sent, 38)
    cap.send(frame, frame.length)
  }
  if (sent < total) setTimeout(sendDue, 1)
  else {
    console.log(JSON.stringify({ sent, seconds: (performance.now() - began) / 1000 }))
    process.exit()
  }
}
sendDue()
