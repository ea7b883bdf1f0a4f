// `import css from "./Theme.css"` is the text of that file without comments and white space. One plugin for the build
// (esbuild) and one for the tests (Vite), so that both serve the same bytes.
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { transform } from "esbuild"

/** @param {string} file a path */
const minified = async (file) => {
  const { code } = await transform(await readFile(file, "utf8"), {
    loader: "css",
    minifyWhitespace: true,
    logLevel: "warning",
    sourcefile: file
  })
  return code
}

const name = "stylesheets as text"

/** @type {import("esbuild").Plugin} */
export const stylesheets = {
  name,
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await minified(path), loader: "text" }))
  }
}

const marker = "\0stylesheet:"

/** @type {NonNullable<import("vitest/config").ViteUserConfig["plugins"]>} */
export const viteStylesheets = [
  {
    name,
    enforce: "pre",
    // Without the extension, so that Vite does not handle it as a stylesheet.
    resolveId: (id, importer) =>
      id.endsWith(".css") && importer !== undefined
        ? `${marker}${join(dirname(importer), id).slice(0, -".css".length)}`
        : undefined,
    load: async (id) =>
      id.startsWith(marker)
        ? `export default ${JSON.stringify(await minified(`${id.slice(marker.length)}.css`))}`
        : undefined
  }
]
