import { statfsSync } from "node:fs"
import { beforeAll } from "vitest"

const memory = "/dev/shm"

const isRoomy = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return process.platform === "linux" && bavail * bsize >= 2 ** 30
  } catch {
    return false
  }
}

const usual = process.env.TMPDIR

// Each note of a test on a disk waits for the disk. Suites of the web have their temporary files in memory, on Linux if it
// has a gibibyte free; suites about storage do not.
beforeAll(({ file }) => {
  if (/\/test\/web\/(?:http\/)?[^/]+$/.test(file.filepath) && isRoomy()) process.env.TMPDIR = memory
  return () => {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
})
