// Runs commands of the shipped bundle one after another in one process, which saves the start of Node and the loading of
// the bundle for each. `CommandHost.ts` starts it and sends the arguments, environment and directory of a command.
import { writeSync } from "node:fs"

// As dist/starpunk.js does.
process.umask(0o077)
const { main } = await import("../../dist/cli.js")

/** Ends the output of the command in progress; undefined between commands. @type {string | undefined} */
let end

/** @param {number} code */
const finish = (code) => {
  if (end === undefined) return
  const marker = end
  end = undefined
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal)
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error")
  process.channel?.ref()
  // The test removes the directory of the command.
  process.chdir("/")
  // Output to pipes is synchronous, so that nothing of the command follows.
  for (const fd of [1, 2]) writeSync(fd, marker)
  process.send?.(code)
}

const exit = process.exit
process.exit = /** @type {typeof process.exit} */ (
  (code) => (end === undefined ? exit(code) : finish(Number(code ?? process.exitCode ?? 0)))
)

// A command that succeeds does not call `exit`, it ends with its last handle.
process.on("beforeExit", () => finish(Number(process.exitCode ?? 0)))

process.on(
  "message",
  /** @param {{ args: ReadonlyArray<string>, env: Record<string, string>, cwd: string, end: string }} command */
  (command) => {
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, command.env)
    process.chdir(command.cwd)
    process.exitCode = undefined
    process.channel?.unref()
    end = command.end
    main([process.execPath, "starpunk", ...command.args])
  }
)

process.on("disconnect", () => exit(0))
process.send?.("ready")
