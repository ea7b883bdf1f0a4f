import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { fieldId } from "./Field.js"
import { Icon } from "./Icon.js"

/** Name of a tool: its icon, its label and its `data-tool`. */
type ToolName = keyof typeof texts.editor.tools.tools

interface Tool {
  readonly tool: ToolName
  /** The key that does the same together with Ctrl. */
  readonly letter?: string
}

/** Groups of tools, with a line between them. */
const groups: ReadonlyArray<ReadonlyArray<Tool>> = [
  [
    { tool: "bold", letter: "B" },
    { tool: "italic", letter: "I" },
    { tool: "link", letter: "K" }
  ],
  [{ tool: "heading" }, { tool: "quote" }, { tool: "list" }, { tool: "numbers" }, { tool: "code" }]
]

/**
 * Buttons for pictures and, in Markdown, for formatting. They need the script, which makes them one tab stop
 * (`src/browser/editor/Toolbar.ts`).
 */
export const Toolbar = ({ isMarkdown }: { readonly isMarkdown: boolean }): JSX.Element => (
  <div
    class="tools"
    role="toolbar"
    aria-label={texts.editor.tools.toolbar}
    aria-controls={fieldId("content")}
    data-tools
    data-with-script
    hidden
  >
    <ToolButton tool="picture" />
    {isMarkdown &&
      groups.map((group) => (
        <>
          <span class="sep" />
          {group.map((tool) => (
            <ToolButton key={tool.tool} {...tool} />
          ))}
        </>
      ))}
  </div>
)

const ToolButton = ({ letter, tool }: Tool): JSX.Element => {
  const label = texts.editor.tools.tools[tool]
  return (
    <button
      type="button"
      class="btn square quiet"
      aria-label={label}
      title={letter === undefined ? label : texts.editor.tools.withKey({ label, letter })}
      data-tool={tool}
    >
      <Icon name={tool} />
    </button>
  )
}
