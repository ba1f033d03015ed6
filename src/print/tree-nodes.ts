import { escapeControls } from '../byte-writer.ts'
import type { Dissection, Severity } from '../dissect/dissection.ts'
import { display } from '../dissect/layer-view.ts'
import { drawBits } from './drawn-bits.ts'
import { nodeRanges } from './node-ranges.ts'

/** One row of the protocol tree. It holds no texts but its path: what it reads like, `nodeText` tells when it is shown. */
export type TreeNode = {
  readonly kind: 'comment' | 'layer' | 'field' | 'note'
  /** Index of the node around it, -1 for a layer or comment. */
  readonly parent: number
  /** 0 for a layer or comment. */
  readonly depth: number
  /** Nodes index + 1 … end - 1 lie inside this one. */
  readonly end: number
  /**
   * Unique in a packet, and the same in another packet of this shape: `eth/ip` for a layer, `eth/ip ip.flags ip.flags.df`
   * for a field; the second field of a name in its group ends in `[2]`, a note in `!`.
   */
  readonly path: string
  /** Index in the dissection, -1 for a comment. */
  readonly layer: number
  /** Index of the field's record, -1 where the node is no field. */
  readonly record: number
  /** Index in the dissection's notes, or in the frame's comments; -1 otherwise. */
  readonly note: number
  /** Warnings and errors inside this node, at any depth, for the reader who has it folded. */
  readonly warnings: number
  readonly errors: number
  /** Length of the longest label directly inside, for those who put values into a column. */
  readonly labelWidth: number
}

type Growing = { -readonly [key in keyof TreeNode]: TreeNode[key] }

/** Every row of the tree in display order, with nothing folded. Notes stand right behind the field that they are about. */
export function treeNodes(found: Dissection): TreeNode[] {
  return new Growth(found).nodes
}

/** A tree as it grows. */
class Growth {
  readonly nodes: Growing[] = []
  readonly #found: Dissection
  /** Nodes whose end is not known yet, by depth, and how often each name came inside them. */
  readonly #open: number[] = []
  readonly #counts: (Map<string, number> | undefined)[] = []
  /** Notes by record; those of layer n, which are about no field, at -1 - n. */
  readonly #notes = new Map<number, number[]>()

  constructor(found: Dissection) {
    this.#found = found
    found.notes.forEach(({ layer, field }, i) => {
      const about = field < 0 ? -1 - layer : field
      const same = this.#notes.get(about)
      if (same) same.push(i)
      else this.#notes.set(about, [i])
    })
    found.frame.comments.forEach((_, i) => {
      this.#add('comment', `#${i + 1}`, -1, -1, i)
    })
    let path = ''
    for (let layer = 0; layer < found.layerCount; layer++) {
      const { id } = found.protocols[layer]!
      path = layer === 0 ? id : `${path}/${id}`
      this.#addLayer(layer, path)
    }
    this.#close(0)
  }

  #addLayer(layer: number, path: string): void {
    this.#close(0)
    const { first, last, trailerFirst, trailerLast } = this.#found
    this.#openNode(this.#add('layer', path, layer, -1, -1))
    this.#addNotes(-1 - layer, path, layer)
    this.#addFields(layer, first[layer]!, last[layer]!)
    this.#addFields(layer, trailerFirst[layer]!, trailerLast[layer]!)
  }

  #addFields(layer: number, from: number, until: number): void {
    const { fields, depths } = this.#found
    for (let record = from; record < until; record++) {
      this.#close(depths[record]! + 1)
      const around = this.nodes[this.#open.at(-1)!]!
      const { name, label } = fields[record]!
      if (label.length > around.labelWidth) around.labelWidth = label.length
      const path = `${around.path} ${name}${this.#ordinal(name)}`
      this.#openNode(this.#add('field', path, layer, record, -1))
    }
  }

  /** Which of its name a field is in what is around it: empty for the first, `[2]`. */
  #ordinal(name: string): string {
    const counts = (this.#counts[this.#open.length - 1] ??= new Map())
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    return nth === 1 ? '' : `[${nth}]`
  }

  #add(kind: TreeNode['kind'], path: string, layer: number, record: number, note: number): number {
    this.nodes.push({
      kind,
      parent: this.#open.at(-1) ?? -1,
      depth: this.#open.length,
      end: this.nodes.length + 1,
      path,
      layer,
      record,
      note,
      warnings: 0,
      errors: 0,
      labelWidth: 0,
    })
    return this.nodes.length - 1
  }

  #openNode(index: number): void {
    this.#open.push(index)
    this.#counts[this.#open.length - 1] = undefined
  }

  /** Ends the nodes from this depth on, innermost first, and adds the notes on each behind it. */
  #close(depth: number): void {
    while (this.#open.length > depth) {
      const node = this.nodes[this.#open.pop()!]!
      node.end = this.nodes.length
      if (node.record >= 0) this.#addNotes(node.record, node.path, node.layer)
    }
  }

  #addNotes(about: number, path: string, layer: number): void {
    this.#notes.get(about)?.forEach((note, i) => {
      this.#add('note', i === 0 ? `${path} !` : `${path} ![${i + 1}]`, layer, -1, note)
      this.#count(this.#found.notes[note]!.severity)
    })
  }

  #count(severity: Severity): void {
    if (severity === 'info') return
    for (const index of this.#open) this.nodes[index]![severity === 'error' ? 'errors' : 'warnings']++
  }
}

/** What a row of the tree reads like. All of it is free of control characters; empty where there is nothing to say. */
export type NodeText = {
  readonly label: string
  readonly value: string
  /** Of a field that is not whole bytes, its bits among their neighbours: `.1.. ....`. */
  readonly bits: string
  /** Of a note. */
  readonly severity: Severity | undefined
  /** Of a layer, the bytes that it takes: `0–13, 60–63`. */
  readonly place: string
  /** Of a layer without what it carries, its share of the captured bytes or of the buffer that it lies in: `19 %`. */
  readonly share: string
  /** Of a layer that is quoted, or the first one in a buffer of its own: so much in words. */
  readonly aside: string
}

const nothing: NodeText = {
  label: '',
  value: '',
  bits: '',
  severity: undefined,
  place: '',
  share: '',
  aside: '',
}

/** The texts of one row; to be asked for rows on the screen only. */
export function nodeText(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): NodeText {
  switch (node.kind) {
    case 'comment':
      return { ...nothing, value: escapeControls(found.frame.comments[node.note]!) }
    case 'note': {
      const { severity, text } = found.notes[node.note]!
      return { ...nothing, severity, value: escapeControls(text) }
    }
    case 'layer':
      return layerText(found, node)
    case 'field': {
      const value = escapeControls(display(found, node.record, found.layer(node.layer)))
      const bits = drawBits(found, nodes, node)?.marked ?? ''
      return { ...nothing, label: found.fields[node.record]!.label, value, bits }
    }
  }
}

function layerText(found: Dissection, node: TreeNode): NodeText {
  const v = found.layer(node.layer)
  const places = nodeRanges(found, node).map(({ start, end }) => span(start, end))
  return {
    ...nothing,
    label: v.protocol.short,
    value: escapeControls(v.summary),
    place: places.join(', ') || 'no bytes',
    share: shareText(v.length, bytesAround(found, node.layer)),
    aside: aside(found, node.layer),
  }
}

const span = (start: number, end: number): string =>
  end - start === 1 ? String(start) : `${start}–${end - 1}`

/** A share in whole percent; one that is less than that says so. */
export function shareText(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %'
  const percent = Math.round((part / whole) * 100)
  return percent === 0 ? '< 1 %' : `${percent} %`
}

/** Bytes of the frame that were captured, or of the buffer, that a layer lies in. */
export const bytesAround = (found: Dissection, layer: number): number =>
  found.bufferOf[layer] === 0 ? found.frame.capturedLength : found.bytesOf(layer).length

/** The words for where a layer lies, where that is not the frame that was captured. */
function aside(found: Dissection, layer: number): string {
  const buffer = found.bufferOf[layer]!
  const before = layer === 0 ? 0 : found.bufferOf[layer - 1]!
  const words: string[] = []
  if (buffer !== before && buffer > 0) {
    const { label, bytes } = found.buffers[buffer - 1]!
    words.push(label, `${bytes.length} bytes`)
  }
  if (found.quoted[layer] === 1) words.push('quoted')
  return words.join(', ')
}
