import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { it } from "vitest"
import { skipIfLacking } from "./Row.js"

/** Requirements of a fault, beyond Node. */
export type Means = "linux" | "root" | "strace" | "faketime" | "mount" | "ext4"

/** Paths of libfaketime for processes with threads, on Debian, Ubuntu and others. */
export const faketimeLibrary = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
  "/usr/lib64/faketime/libfaketimeMT.so.1",
  "/usr/lib/faketime/libfaketimeMT.so.1"
].find((path) => existsSync(path))

const succeeds = (command: string, ...args: ReadonlyArray<string>) => spawnSync(command, args).status === 0

const canMount = async (): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-means-"))
  const mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory)
  if (mounted) spawnSync("umount", [directory])
  await rm(directory, { recursive: true, force: true })
  return mounted
}

/** Reason why a fault with this requirement cannot be caused here; undefined if it can. */
const lack: Readonly<Record<Means, () => Promise<string | undefined>>> = {
  linux: async () => (process.platform === "linux" ? undefined : "Linux's /proc and signals"),
  root: async () => (process.getuid?.() === 0 ? undefined : "root, to become somebody else"),
  strace: async () => {
    if (!succeeds("strace", "--version")) return "strace (on Debian and Ubuntu `apt install strace`)"
    return succeeds("strace", "-o", "/dev/null", "true") ? undefined : "permission to trace processes (CAP_SYS_PTRACE)"
  },
  faketime: async () =>
    faketimeLibrary === undefined ? "libfaketime (on Debian and Ubuntu `apt install faketime`)" : undefined,
  mount: async () => ((await canMount()) ? undefined : "permission to mount file systems (root, CAP_SYS_ADMIN)"),
  ext4: async () =>
    succeeds("losetup", "-f") && succeeds("sh", "-c", "command -v mkfs.ext4") && existsSync("/sys/fs/ext4")
      ? undefined
      : "a free loop device and mkfs.ext4"
}

/** A test of a fault. Without its requirements it is skipped by name, and never counts as caused. */
export const faultTest = (name: string, needs: ReadonlyArray<Means>, run: () => Promise<void>, minutes = 10): void => {
  it(name, { timeout: minutes * 60_000 }, async (context) => {
    const lacks = (await Promise.all(needs.map((means) => lack[means]()))).filter((reason) => reason !== undefined)
    await skipIfLacking(context, name, lacks)
    await run()
  })
}
