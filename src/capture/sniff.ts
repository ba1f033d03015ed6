const unpack = (kind: string, tool: string) => `${kind}; unpack it first: ${tool}`
const convert = (kind: string) => `${kind}; convert it first: editcap -F pcapng IN OUT`

/** First bytes of files that people take for captures, and what they are. */
const beginnings: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a zip archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['\x1f\x8b', unpack('gzip within gzip', 'gunzip')],
  ['\x1f\x9d', unpack('compress (.Z) data', 'uncompress')],
  ['\xfd7zXZ\0', unpack('xz data', 'unxz')],
  ['\x28\xb5\x2f\xfd', unpack('zstd data', 'unzstd')],
  ['\x04\x22\x4d\x18', unpack('lz4 data', 'unlz4')],
  ['BZh', unpack('bzip2 data', 'bunzip2')],
  ['snoop\0\0\0', convert('a snoop capture')],
  ['RTSS', convert('a Network Monitor capture')],
  ['GMBU', convert('a Network Monitor capture')],
  ['XCP\0', convert('a NetXRay capture')],
  ['TRSNIFF data    \x1a', convert('a Sniffer capture')],
  ['\xac\x01\x00\x1c', convert('an IxVeriWave capture')],
  ['\x01\0\0\0\x14\0\0\0', 'a pcapng interface without the section header before it'],
  ['\0\0\0\x01\0\0\0\x14', 'a pcapng interface without the section header before it'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a Windows program'],
  ['%PDF', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['-----BEGIN ', 'a key or certificate'],
  ['<?xml', 'XML'],
  ['<!DOCTYPE', 'a web page'],
  ['<html', 'a web page'],
]

/** `0x0000:  4500 …` of tcpdump, `00000000  45 00 …` of hexdump and Wireshark, with or without text around. */
const hexDumpLine = /^\s*(0x)?[0-9a-f]{4,8}:?\s+([0-9a-f]{2}){1,2}\s+([0-9a-f]{2}){1,2}\b/im

/**
 * What a file is that is no capture, by its first bytes (some hundred are enough):
 * `starts with 50 4b 03 04, a zip archive`.
 */
export function sniff(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0')).join(' ')
  const kind = kindOf(bytes)
  return kind ? `starts with ${head}, ${kind}` : `starts with ${head}`
}

function kindOf(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 1024))
  const known = beginnings.find(([beginning]) => text.startsWith(beginning))
  if (known) return known[1]
  if (/[^\t\n\f\r -~\x80-\xff]/.test(text)) return undefined
  if (hexDumpLine.test(text)) return 'a hex dump as text; open it with --hex'
  if (/^\s*[[{]/.test(text)) return 'JSON'
  return text.length < 4 ? undefined : 'text'
}
