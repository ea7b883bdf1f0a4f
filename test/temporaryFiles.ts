import { statfsSync } from "node:fs"
import { beforeAll } from "vitest"

const memory = "/dev/shm"

/** Suites that need the file system of a disk. */
const onDisk = ["/test/layers/backup/OtherFileSystems.test.ts"]

const isRoomy = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return process.platform === "linux" && bavail * bsize >= 2 ** 31
  } catch {
    return false
  }
}

const usual = process.env.TMPDIR

// Each start of the program and each post waits for the disk several times, and a suite spends half its time so. Suites have
// their temporary files in memory, on Linux if it has two gibibytes free. Only a loss of power shows the difference.
beforeAll(({ file }) => {
  if (!onDisk.some((name) => file.filepath.endsWith(name)) && isRoomy()) process.env.TMPDIR = memory
  return () => {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
})
