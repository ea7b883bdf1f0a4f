import ext from "font:ext"
import figtreeItalic from "font:figtree-italic"
import figtreeItalicExt from "font:figtree-italic-ext"
import figtreeNormal from "font:figtree-normal"
import figtreeNormalExt from "font:figtree-normal-ext"
import latin from "font:latin"
import literataItalic from "font:literata-italic"
import literataItalicExt from "font:literata-italic-ext"
import literataNormal from "font:literata-normal"
import literataNormalExt from "font:literata-normal-ext"
import { Either, Encoding } from "effect"
import { fingerprint } from "./NamedAsset.js"

/** A font file of the site, at an address that changes with its content. */
export interface FontFile {
  readonly path: `/${string}`
  /** Decodes the file on each call, because few font files are requested while a process runs. */
  readonly bytes: () => Uint8Array
}

/** The families that pages may use. */
export type Family = "Literata" | "Figtree"

interface Face extends FontFile {
  readonly family: Family
  readonly style: "normal" | "italic"
  readonly range: string
}

const face = (family: Family, style: Face["style"], part: "latin" | "ext", base64: string): Face => ({
  family,
  style,
  range: part === "latin" ? latin : ext,
  path: `/static/${family.toLowerCase()}-${style}-${part}-${fingerprint(base64)}.woff2`,
  bytes: () => Either.getOrThrow(Encoding.decodeBase64(base64))
})

const faces: ReadonlyArray<Face> = [
  face("Literata", "normal", "latin", literataNormal),
  face("Literata", "normal", "ext", literataNormalExt),
  face("Literata", "italic", "latin", literataItalic),
  face("Literata", "italic", "ext", literataItalicExt),
  face("Figtree", "normal", "latin", figtreeNormal),
  face("Figtree", "normal", "ext", figtreeNormalExt),
  face("Figtree", "italic", "latin", figtreeItalic),
  face("Figtree", "italic", "ext", figtreeItalicExt)
]

/** All font files. */
export const fontFiles: ReadonlyArray<FontFile> = faces

/**
 * System fonts with the metrics of our fonts, so that lines do not move when our fonts load. Made with
 * `@capsizecss/core` 4.1.3 from the metrics of the four fonts.
 */
const fallbacks: Readonly<Record<Family, string>> = {
  Literata:
    "src:local(Georgia);ascent-override:109.3141%;descent-override:28.6056%;line-gap-override:0%;size-adjust:107.6714%",
  Figtree:
    "src:local(Arial),local(ArialMT);ascent-override:94.3231%;descent-override:24.8219%;line-gap-override:0%;size-adjust:100.7176%"
}

/** The `@font-face` rules of a family. Browsers load a file only if a page has text in its style and range. */
export const fontFaces = (family: Family): string =>
  [
    `@font-face{font-family:"${family} Fallback";${fallbacks[family]}}`,
    ...faces
      .filter((each) => each.family === family)
      .map(
        ({ path, range, style }) =>
          `@font-face{font-family:"${family} Variable";font-style:${style};font-weight:400 700;font-display:swap;src:url(${path})format("woff2");unicode-range:${range}}`
      )
  ].join("")

/** The address of the upright letters of a family, which every page with it needs. */
export const mainFont = (family: Family): string =>
  faces.find((each) => each.family === family && each.style === "normal")?.path ?? ""
