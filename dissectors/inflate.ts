import { nodeZlib } from './node-modules.ts'

/** No IP packet is longer, and nothing that claims to be longer is made room for. */
const longest = 65535

/** What DEFLATE made small, and how many bytes that took. */
export type Inflated = { readonly bytes: Uint8Array; readonly used: number }

/** Undoes DEFLATE (RFC 1951, RFC 2394); undefined for what is none, or would be more than 65,535 bytes. */
export function inflate(bytes: Uint8Array): Inflated | undefined {
  try {
    const { buffer, engine } = nodeZlib().inflateRawSync(bytes, {
      info: true,
      maxOutputLength: longest,
    }) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return { bytes: buffer, used: engine.bytesWritten }
  } catch {
    return undefined
  }
}
