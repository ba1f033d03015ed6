import { totalmem } from 'node:os'

/**
 * Bytes that the kernel may keep for a capturer which hears of every packet at once. Linux then keeps each packet in
 * 64 KB of its own where the interface joins packets, so that 128 MB are 2,000 packets: 20 ms at 100,000 a second,
 * which a busy system of two processors needs (with 64 MB it lost one in a hundred). Less on small systems.
 */
export const kernelBuffer = (): number => Math.min(128 << 20, Math.floor(totalmem() / 16))
