// Parts of Node that few packets need and that take milliseconds to load: they are asked for when one does.

export const nodeCrypto = () => process.getBuiltinModule('node:crypto')
export const nodeZlib = () => process.getBuiltinModule('node:zlib')
