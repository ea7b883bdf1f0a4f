import type { ComponentChildren, JSX } from "preact"
import { unmarked } from "../../texts/Fallback.js"
import { InItsLanguage } from "./InItsLanguage.js"

/** Splits a text of the error catalogue into code in backticks, addresses, and words. */
const parts = /(`[^`]+`|https?:\/\/[^\s`]*[^\s`.,;:!?)])/

const rendered = (part: string): ComponentChildren => {
  if (part.startsWith("`") && part.length > 2) return <code>{part.slice(1, -1)}</code>
  return /^https?:\/\//.test(part) ? <a href={part}>{part}</a> : part
}

/**
 * A text of a failure (`failureWords`): code and addresses are marked up, and English has its language. `ends` adds the
 * full stop.
 */
export const Sentence = ({ ends = false, text }: { readonly text: string; readonly ends?: boolean }): JSX.Element => {
  const plain = unmarked(text)
  return (
    <InItsLanguage text={text}>
      {plain.split(parts).map(rendered)}
      {ends && !/[.!?…]$/.test(plain) && "."}
    </InItsLanguage>
  )
}

/** Advice in sentences: one as a paragraph, several as a list. */
export const Advice = ({ steps }: { readonly steps: ReadonlyArray<string> }): JSX.Element | null => {
  const [only] = steps
  if (only === undefined) return null
  if (steps.length === 1) {
    return (
      <p>
        <Sentence text={only} ends />
      </p>
    )
  }
  return (
    <ul>
      {steps.map((step) => (
        <li key={step}>
          <Sentence text={step} ends />
        </li>
      ))}
    </ul>
  )
}
