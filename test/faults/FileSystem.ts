import { spawnSync } from "node:child_process"
import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

/** A file system for one site. */
export interface Disk {
  /** Mount point. */
  readonly path: string
  readonly unmount: () => Promise<void>
}

const run = (command: string, ...args: ReadonlyArray<string>): string => {
  const { error, status, stderr, stdout } = spawnSync(command, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`)
  return stdout
}

/** A tmpfs of the given size: `24m`. */
export const smallDisk = async (size: string): Promise<Disk> => {
  const path = await mkdtemp(join(tmpdir(), "starpunk-disk-"))
  run("mount", "-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", path)
  return {
    path,
    unmount: async () => {
      spawnSync("umount", ["-l", path])
      await rm(path, { recursive: true, force: true })
    }
  }
}

/** An ext4 file system that can detect a simulated error, after which it becomes read-only. */
export interface Ext4 extends Disk {
  /** Simulates the kernel's reaction to damage in a file system mounted with `errors=remount-ro`. */
  readonly fail: () => Promise<void>
  /** The operator's repair: unmounts, checks and mounts it again. No process may have a file open on it. */
  readonly recover: () => void
}

/** An ext4 file system in a file of 64 MiB, mounted with the options of Debian and Ubuntu. */
export const ext4 = async (): Promise<Ext4> => {
  const path = await mkdtemp(join(tmpdir(), "starpunk-disk-"))
  const image = `${path}.img`
  await writeFile(image, "")
  await truncate(image, 64 * 1_048_576)
  run("mkfs.ext4", "-q", image)
  const mount = () => run("mount", "-o", "loop,errors=remount-ro", image, path)
  mount()
  return {
    path,
    fail: async () => {
      const device = basename(run("losetup", "-n", "-O", "NAME", "-j", image).trim())
      await writeFile(`/sys/fs/ext4/${device}/trigger_fs_error`, "caused by the fault suite")
    },
    recover: () => {
      run("umount", path)
      // Exit code 1: errors were found and corrected.
      const { status } = spawnSync("e2fsck", ["-f", "-p", image])
      if (status !== 0 && status !== 1) throw new Error(`e2fsck ended with ${status}`)
      mount()
    },
    unmount: async () => {
      spawnSync("umount", ["-l", path])
      await rm(path, { recursive: true, force: true })
      await rm(image, { force: true })
    }
  }
}

/** Fills the free space of a file system; returns a function that frees it. */
export const fill = async (directory: string): Promise<() => Promise<void>> => {
  const ballast = join(directory, "ballast")
  for (let size = 1_048_576, part = 0; size >= 512; ) {
    try {
      await writeFile(`${ballast}${part++}`, Buffer.alloc(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  return async () => {
    for (const name of await readdir(directory)) if (name.startsWith("ballast")) await rm(join(directory, name))
  }
}
