// `import font from "font:literata-normal"` is a font file in base64: the characters and weights of the package's variable
// font that pages use. `font:latin` is the CSS range of these characters. One plugin for the build (esbuild) and one for the
// tests (Vite), so that both serve the same bytes. Making a file takes up to a second, so it is kept in `.cache/fonts`.
import { createHash } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
// @ts-expect-error: the package has no types.
import subset from "subset-font"

const root = fileURLToPath(new URL("..", import.meta.url))
const cache = join(root, ".cache/fonts")

/**
 * Code points of the two parts: Latin-1 with typographic punctuation, and other languages of Europe and Africa in Latin
 * script.
 * @type {Readonly<Record<string, string>>}
 */
const ranges = {
  latin:
    "U+20-7E,U+A0-FF,U+131,U+152-153,U+2BB-2BC,U+2009,U+200B-200D,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F-2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2191,U+2193,U+2212,U+FB01-FB02",
  ext: "U+100-130,U+132-151,U+154-17F,U+18F,U+192,U+1A0-1A1,U+1AF-1B0,U+218-21B,U+237,U+2C6-2C7,U+2D8-2DD,U+1E80-1E85,U+1E9E"
}

/** Weights from text to bold headings. */
const weights = { min: 400, max: 700 }

/** Ending of names of files for preview cards: TrueType, because the FreeType of libvips reads no WOFF2. */
const cardEnding = "-card"

/** @param {string} range in CSS: `U+20-7E,U+A0` */
const charactersOf = (range) =>
  range
    .split(",")
    .flatMap((part) => {
      const [from = 0, to = from] = part
        .replace("U+", "")
        .split("-")
        .map((point) => Number.parseInt(point, 16))
      return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
    })
    .join("")

/**
 * @param {string} name `literata-normal`, `figtree-italic-ext`, `literata-normal-card`
 * @returns {Promise<string>} base64
 */
const made = async (name) => {
  const targetFormat = name.endsWith(cardEnding) ? "truetype" : "woff2"
  const [family, style, part = "latin"] = name.replace(cardEnding, "").split("-")
  const script = part === "ext" ? "latin-ext" : "latin"
  const file = `node_modules/@fontsource-variable/${family}/files/${family}-${script}-wght-${style}.woff2`
  const source = await readFile(join(root, file))
  const range = ranges[part] ?? ""
  const key = createHash("sha256")
    .update(source)
    .update(JSON.stringify([range, weights, "no alternates", ...(targetFormat === "woff2" ? [] : [targetFormat])]))
    .digest("hex")
    .slice(0, 32)
  const kept = join(cache, `${key}.${targetFormat}`)
  const known = await readFile(kept).catch(() => undefined)
  if (known !== undefined) return known.toString("base64")
  const font = await subset(source, charactersOf(range), {
    targetFormat,
    // Without alternates such as small capitals, which no page asks for.
    noLayoutClosure: true,
    variationAxes: { wght: weights }
  })
  await mkdir(cache, { recursive: true })
  // Builds and tests run at the same time; none of them may read half a file.
  await writeFile(`${kept}.${process.pid}`, font)
  await rename(`${kept}.${process.pid}`, kept)
  return font.toString("base64")
}

/** @type {Map<string, Promise<string>>} */
const fonts = new Map()

/** @param {string} name */
const font = async (name) => {
  const range = ranges[name]
  if (range !== undefined) return range
  const known = fonts.get(name) ?? made(name)
  fonts.set(name, known)
  return known
}

const name = "fonts as text"
const prefix = "font:"

/** @type {import("esbuild").Plugin} */
export const fontFiles = {
  name,
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^font:/ }, ({ path }) => ({ path: path.slice(prefix.length), namespace: "font" }))
    onLoad({ filter: /.*/, namespace: "font" }, async ({ path }) => ({ contents: await font(path), loader: "text" }))
  }
}

const marker = "\0font:"

/** @type {NonNullable<import("vitest/config").ViteUserConfig["plugins"]>} */
export const viteFontFiles = [
  {
    name,
    enforce: "pre",
    resolveId: (id) => (id.startsWith(prefix) ? `${marker}${id.slice(prefix.length)}` : undefined),
    load: async (id) =>
      id.startsWith(marker) ? `export default ${JSON.stringify(await font(id.slice(marker.length)))}` : undefined
  }
]
