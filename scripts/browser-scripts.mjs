// Scripts of the browser: `import script from "browser:Editor"` is the text of `src/browser/Editor.ts`, bundled and
// minified. One plugin for the build (esbuild) and one for the tests (Vite), so that both serve the same bytes.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const prefix = "browser:"

/** @param {string} name of the file in `src/browser`, without its ending */
const bundled = async (name) => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join("src/browser", `${name}.ts`)],
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16"],
    format: "iife",
    charset: "ascii",
    logLevel: "warning"
  })
  return outputFiles[0]?.text ?? ""
}

/** @type {import("esbuild").Plugin} */
export const browserScripts = {
  name: "scripts for the browser, as text",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^browser:/ }, ({ path }) => ({ path: path.slice(prefix.length), namespace: "browser" }))
    onLoad({ filter: /.*/, namespace: "browser" }, async ({ path }) => ({
      contents: await bundled(path),
      loader: "text"
    }))
  }
}

const marker = "\0browser:"

/** @type {NonNullable<import("vitest/config").ViteUserConfig["plugins"]>} */
export const viteBrowserScripts = [
  {
    name: "scripts for the browser, as text",
    enforce: "pre",
    resolveId: (id) => (id.startsWith(prefix) ? `${marker}${id.slice(prefix.length)}` : undefined),
    load: async (id) =>
      id.startsWith(marker) ? `export default ${JSON.stringify(await bundled(id.slice(marker.length)))}` : undefined
  }
]
