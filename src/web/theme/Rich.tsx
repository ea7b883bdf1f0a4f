import type { ComponentChildren, JSX } from "preact"
import { unmarked } from "../../texts/Fallback.js"
import { InItsLanguage } from "./InItsLanguage.js"

/** Parts of a text: code in backticks, `**strong words**`, `[words](address)`, and places of values: `{time}`. */
const parts = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)\s]*\)|\{\w+\})/

/** Values for the places of a text: `{time}` shows `values.time`. */
type Values = Readonly<Record<string, ComponentChildren>>

const shown = (part: string, values: Values): ComponentChildren => {
  if (part.startsWith("`") && part.length > 2) return <code>{part.slice(1, -1)}</code>
  if (part.startsWith("**") && part.length > 4) return <strong>{part.slice(2, -2)}</strong>
  const link = /^\[(?<words>[^\]]+)\]\((?<address>[^)\s]*)\)$/.exec(part)?.groups
  if (link !== undefined) return <a href={values[link.address ?? ""]?.toString() ?? link.address}>{link.words}</a>
  const place = /^\{(\w+)\}$/.exec(part)?.[1]
  return place !== undefined && place in values ? values[place] : part
}

/**
 * A text of `src/texts` with markup in it. Its words may be in any order around the values, because languages differ in
 * that. An address in it may be the name of a value.
 */
export const Rich = ({ text, values = {} }: { readonly text: string; readonly values?: Values }): JSX.Element => (
  <InItsLanguage text={text}>
    {unmarked(text)
      .split(parts)
      .map((part) => shown(part, values))}
  </InItsLanguage>
)
