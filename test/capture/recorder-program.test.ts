import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, it } from 'vitest'
import { read, temporaryDirectory } from './bytes.ts'

const files = temporaryDirectory()
const source = join(import.meta.dirname, '../../src')

/** A program that records packets of 984 bytes, each with its number, in batches of a hundred. */
const program = files.path('program.mjs')
buildSync({
  stdin: {
    contents: `
      import { createRecorder } from './capture/recorder.ts'
      import { emptyFrame } from './frame.ts'
      const [path, count, end] = process.argv.slice(2)
      const recorder = createRecorder(path)
      for (let number = 1; number <= Number(count) && !recorder.complete; number++) {
        const bytes = new Uint8Array(984)
        new DataView(bytes.buffer).setUint32(0, number)
        const lengths = { capturedLength: 984, wireLength: 984 }
        recorder.write({ ...emptyFrame(), linkType: 101, number, bytes, ...lengths }, { linkType: 101, digits: 6 })
        if (number % 100 === 0) recorder.flush()
      }
      if (end === 'killed') process.kill(process.pid, 'SIGKILL')
      recorder.close()
      process.exitCode = recorder.failure === undefined ? 0 : 3`,
    resolveDir: source,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: program,
})

const numbersIn = async (bytes: Uint8Array): Promise<number[]> => {
  const { frames, source } = await read(bytes)
  expect(source.damage).toBeUndefined()
  return frames.map(frame => new DataView(frame.bytes.buffer, frame.bytes.byteOffset).getUint32(0))
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

it('what was flushed survives a program that is killed', async () => {
  const path = files.path('killed.pcap')
  const child = spawn(process.execPath, [program, path, '2550', 'killed'], { stdio: 'inherit' })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  expect(await numbersIn(readFileSync(path))).toEqual(upTo(2500))
})

it('standard output gets everything', async () => {
  const child = spawn(process.execPath, [program, '-', '5000', ''], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const chunks: Uint8Array[] = []
  for await (const chunk of child.stdout) chunks.push(chunk)
  expect(await ended).toEqual([0, null])
  expect(await numbersIn(Buffer.concat(chunks))).toEqual(upTo(5000))
})

it('standard output may be closed by its reader', async () => {
  const child = spawn(process.execPath, [program, '-', '100000', ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  child.stdout.destroy()
  expect(await ended).toEqual([0, null])
})
