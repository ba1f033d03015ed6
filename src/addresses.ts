import { ByteWriter } from './byte-writer.ts'

/** Strings for a screen; printers write addresses into their ByteWriter directly, without a string. */

/** The four bytes from `start` as `192.0.2.1`. */
export const ipv4Text = (bytes: Uint8Array, start: number): string =>
  new ByteWriter(16).ipv4(bytes, start).toString()

/** The sixteen bytes from `start` as RFC 5952 §4 writes an address, with the exceptions of `ByteWriter.ipv6`. */
export const ipv6Text = (bytes: Uint8Array, start: number): string =>
  new ByteWriter(48).ipv6(bytes, start).toString()

/** The six bytes from `start` as `00:00:5e:00:53:01`. */
export const macText = (bytes: Uint8Array, start: number): string =>
  new ByteWriter(24).mac(bytes, start).toString()
