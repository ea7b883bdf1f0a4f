/** Maximum length in bytes of the part of a drawing that is searched for its root element. */
const beginning = 16_384

/**
 * Returns whether an SVG states its size in pixels. Browsers show one without a size, or with one in percent, as large as its
 * place.
 */
export const hasOwnSize = (svg: Uint8Array): boolean => {
  const [root = ""] = /<svg\b[^>]{0,4000}>/i.exec(Buffer.from(svg.subarray(0, beginning)).toString("utf8")) ?? []
  return ["width", "height"].every((side) =>
    new RegExp(`\\s${side}\\s*=\\s*["']?[\\d.]+(?:px)?\\s*["'\\s>]`, "i").test(root)
  )
}
