import type { ComponentChildren, JSX } from "preact"
import { isMarked } from "../../texts/Fallback.js"

/** The content of a text, in an element with its language if the text is marked as English. */
export const InItsLanguage = ({
  children,
  text
}: {
  readonly text: string
  readonly children: ComponentChildren
}): JSX.Element =>
  isMarked(text) ? (
    <span lang="en" dir="ltr">
      {children}
    </span>
  ) : (
    // biome-ignore lint/complexity/noUselessFragments: a component cannot return an array
    <>{children}</>
  )
