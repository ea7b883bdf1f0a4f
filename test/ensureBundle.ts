import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const build = fileURLToPath(new URL("../scripts/build.mjs", import.meta.url))

/** Builds `dist/` if a source is newer, so that a single suite of the program runs in a fresh clone. */
const setup = (): void => {
  const { status } = spawnSync(process.execPath, [build, "--if-stale"], { stdio: "inherit" })
  if (status !== 0) throw new Error("dist/ could not be built: run `npm run build`")
}

export default setup
