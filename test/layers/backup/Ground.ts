import { spawnSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"

const run = (command: string, ...args: ReadonlyArray<string>) =>
  Effect.sync(() => {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" })
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`)
  })

const memory = "/dev/shm"

/** Requirements of a test on the machine; empty without any. */
export type Need = "second" | "mount" | "mark"

/** A directory on another file system than the temporary directory; removed with the scope. */
export const elsewhere = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(memory, "starpunk-elsewhere-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

const succeeds = (command: string, ...args: ReadonlyArray<string>) => spawnSync(command, args).status === 0

const canMark = (): boolean => {
  const probe = spawnSync("mktemp", { encoding: "utf8" }).stdout.trim()
  const marked = probe !== "" && succeeds("chattr", "+i", probe)
  if (marked) spawnSync("chattr", ["-i", probe])
  spawnSync("rm", ["-f", probe])
  return marked
}

const isRoot = process.getuid?.() === 0

const needs: Readonly<Record<Need, { readonly isThere: boolean; readonly words: string }>> = {
  second: {
    isThere: existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev,
    words: "a second file system in /dev/shm"
  },
  mount: {
    isThere: isRoot && succeeds("unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmpdir()),
    words: "root and the right to mount"
  },
  mark: { isThere: isRoot && canMark(), words: "root and a file system with `chattr +i`" }
}

/** Reason why a test with these requirements cannot run here; undefined if it can. */
export const lack = (need: Need | undefined): string | undefined =>
  need === undefined || needs[need].isThere ? undefined : `skipped: takes ${needs[need].words}`

const mounted = (path: string, mount: Effect.Effect<void>) =>
  Effect.acquireRelease(mount, () => Effect.sync(() => spawnSync("umount", ["-l", path])))

/** Mounts a tmpfs at a new directory until the scope ends. */
export const mountMemory = (path: string, size = "16m") =>
  Effect.zipRight(
    Effect.promise(() => mkdir(path, { recursive: true })),
    mounted(path, run("mount", "-t", "tmpfs", "-o", `size=${size},mode=0750`, "tmpfs", path))
  )

/** Mounts a file or a directory at another place, until the scope ends. */
export const bind = (from: string, to: string) => mounted(to, run("mount", "--bind", from, to))

/** Makes a mount read-only. */
export const remountReadOnly = (path: string) => run("mount", "-o", "remount,ro", path)

/** Sets an attribute of a file or directory until the scope ends: `i` makes it immutable, `a` append-only. */
export const mark = (path: string, attribute: "i" | "a") =>
  Effect.acquireRelease(run("chattr", `+${attribute}`, path), () =>
    Effect.sync(() => spawnSync("chattr", [`-${attribute}`, path]))
  )
