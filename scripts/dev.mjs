// `npm run dev`: bundles and runs the server, and repeats both when a source changes. Settings come from the
// environment and `.env` as usual; set STARPUNK_DATA_PATH to keep development data separate.
import { spawn } from "node:child_process"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { context } from "esbuild"
import { root, serverOptions } from "./bundle.mjs"

const directory = join(root, ".cache", "dev")
/** Longest time that the running server gets to stop, in milliseconds. */
const patience = 3_000

/** @type {import("node:child_process").ChildProcess | undefined} */
let server
let isEnding = false

const stop = async () => {
  const running = server
  server = undefined
  if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
  const ended = new Promise((resolve) => running.once("close", resolve))
  running.kill("SIGTERM")
  const force = setTimeout(() => running.kill("SIGKILL"), patience)
  await ended
  clearTimeout(force)
}

const start = async () => {
  await stop()
  if (isEnding) return
  server = spawn(process.execPath, ["--enable-source-maps", join(directory, "serve.cjs")], {
    cwd: root,
    stdio: "inherit"
  })
}

/** Queue of restarts: builds in quick succession restart the server one after another. */
let turn = Promise.resolve()

/** @type {import("esbuild").Plugin} */
const restart = {
  name: "restart the server",
  setup: ({ onEnd }) => {
    onEnd(({ errors }) => {
      if (errors.length > 0) return
      turn = turn.then(start)
    })
  }
}

await mkdir(directory, { recursive: true })
const bundler = await context({
  ...serverOptions,
  outdir: directory,
  minify: false,
  minifySyntax: false,
  minifyWhitespace: false,
  keepNames: true,
  plugins: [...(serverOptions.plugins ?? []), restart]
})
await bundler.watch()

const end = async () => {
  isEnding = true
  await turn
  await stop()
  await bundler.dispose()
  process.exit()
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, end)
