import type { ComponentChildren, JSX } from "preact"
import { documentLanguage } from "../../texts/Language.js"
import { interfaceLanguage, texts } from "../../texts/Texts.js"
import { faviconPath } from "../theme/Favicon.js"
import type { Site } from "../theme/Site.js"
import { fieldId } from "./Field.js"
import { editorScript } from "./Script.js"
import { editorStylesheet } from "./Stylesheet.js"

/**
 * The document of the writing surface: no frame of the admin around it, one stylesheet and one script, so that the text
 * is there as early as possible on a slow line.
 */
export const WritingDocument = ({
  children,
  site,
  title
}: {
  readonly site: Site
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element => (
  <html {...documentLanguage(interfaceLanguage(site.language))}>
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <link rel="stylesheet" href={editorStylesheet.path} />
      <link rel="icon" type="image/svg+xml" href={faviconPath} />
      <script src={editorScript.path} defer />
    </head>
    <body class="editor">
      <a class="skip" href={`#${fieldId("content")}`}>
        {texts.editor.edit.skip}
      </a>
      {children}
    </body>
  </html>
)
