/** What keys send, from xterm's ctlseqs, "PC-Style Function Keys" and "VT220-Style Function Keys". */
const sequences: Readonly<Record<string, string>> = {
  space: ' ',
  return: '\r',
  escape: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  insert: '\x1b[2~',
  delete: '\x1b[3~',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f2: '\x1bOQ',
  f3: '\x1bOR',
  f4: '\x1bOS',
  f5: '\x1b[15~',
  f6: '\x1b[17~',
  f7: '\x1b[18~',
  f8: '\x1b[19~',
  f9: '\x1b[20~',
  f10: '\x1b[21~',
  f11: '\x1b[23~',
  f12: '\x1b[24~',
  'ctrl-space': '\0',
}

/** What a terminal sends for a key, by its name in src/tui/keys.ts: `j`, `ctrl-d`, `alt-left`, `shift-f5`. */
export function sequenceOf(key: string): string {
  const sequence = sequences[key]
  if (sequence !== undefined) return sequence
  const [, held, name] = /^((?:ctrl-|alt-|shift-)*)(.+)$/s.exec(key)!
  if (held === '') {
    if ([...name!].length !== 1) throw new Error(`no such key: ${key}`)
    return name!
  }
  const plain = sequences[name!] ?? name!
  const modifiers =
    1 +
    (held!.includes('shift-') ? 1 : 0) +
    (held!.includes('alt-') ? 2 : 0) +
    (held!.includes('ctrl-') ? 4 : 0)
  const special = /^\x1b(?:\[(\d*)([~A-H])|O([P-S]))$/.exec(plain)
  if (special) return `\x1b[${special[1] || 1};${modifiers}${special[2] ?? special[3]}`
  if (plain.length !== 1 || held!.includes('shift-')) throw new Error(`no terminal sends ${key}`)
  const character = held!.includes('ctrl-') ? String.fromCharCode(plain.charCodeAt(0) & 0x1f) : plain
  return held!.includes('alt-') ? `\x1b${character}` : character
}
