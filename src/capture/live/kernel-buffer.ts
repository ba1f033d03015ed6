import { totalmem } from 'node:os'

/**
 * Bytes that the kernel may keep for a capturer which hears of every packet at once. Linux then keeps each packet in
 * 64 KB of its own where the interface joins packets, so that 256 MB are 4,000 packets: 40 ms at 100,000 a second,
 * in which a capturer on a busy system of two processors gets its turn. Less on small systems.
 */
export const kernelBuffer = (): number => Math.min(256 << 20, Math.floor(totalmem() / 32))
