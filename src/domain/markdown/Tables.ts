/** Elements of a table. Everything else belongs in a cell. */
const parts: ReadonlySet<string> = new Set(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"])

/** Elements whose content must be rows or cells, and the tags that open and close a cell in them. */
const wrappers: Readonly<Record<string, readonly [open: string, close: string]>> = {
  table: ["<tr><td>", "</td></tr>"],
  thead: ["<tr><td>", "</td></tr>"],
  tbody: ["<tr><td>", "</td></tr>"],
  tfoot: ["<tr><td>", "</td></tr>"],
  tr: ["<td>", "</td>"]
}

const tokens = /<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>|[^<]+/g

/**
 * Wraps content between the cells of a table in a cell. Browsers would move it before the table (HTML standard,
 * 13.2.6.1, "foster parenting"). Requires well-formed HTML without `>` in attributes, as the sanitizer writes it. Takes
 * linear time.
 */
export const withCells = (html: string): string => {
  if (!html.includes("<table")) return html
  const open: Array<string> = []
  let written = ""
  /** Cells opened for content outside of cells: their depth, and their closing tags. */
  const cells: Array<{ readonly depth: number; readonly close: string }> = []

  const closeCell = () => {
    const cell = cells.at(-1)
    if (cell === undefined || cell.depth !== open.length) return
    cells.pop()
    written += cell.close
  }
  const openCell = () => {
    const wrapper = wrappers[open.at(-1) ?? ""]
    if (wrapper === undefined || cells.at(-1)?.depth === open.length) return
    cells.push({ depth: open.length, close: wrapper[1] })
    written += wrapper[0]
  }

  for (const [token, slash, name, isEmpty] of html.matchAll(tokens)) {
    if (name === undefined) {
      // White space between the parts of a table stays there.
      if (/[^ \t\n\f\r]/.test(token)) openCell()
    } else if (slash === "/") {
      closeCell()
      if (open.at(-1) === name) open.pop()
    } else {
      if (parts.has(name)) closeCell()
      else openCell()
      if (isEmpty !== "/") open.push(name)
    }
    written += token
  }
  return written
}
