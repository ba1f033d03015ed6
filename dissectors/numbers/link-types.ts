import { NumberSpace } from '../../src/dissect/number-space.ts'
import { linkTypeName } from '../../src/link-types.ts'

/** Link types as capture files number them: what a frame starts with. */
export const linkTypes = new NumberSpace('link type', 0x10000, {}, linkTypeName)
