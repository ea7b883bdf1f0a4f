import { open } from "node:fs/promises"

/** Bytes per chunk: a parser takes about a millisecond for them. */
const chunkBytes = 65_536

/** The bytes of a file in chunks. The buffer is used again for the next chunk. */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void> {
  const handle = await open(path, "r")
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** A file's first bytes. */
export const headOf = async (path: string, length: number): Promise<Buffer> => {
  const handle = await open(path, "r")
  try {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
