import type { JSX } from "preact"
import { formOf, isSameTime, type PostForm, timeFields } from "../../domain/editor/PostForm.js"
import type { Post } from "../../domain/posts/Post.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import { Icon } from "./Icon.js"

/** Fields in which two versions differ, with the newer text. */
const differences = (mine: PostForm, theirs: PostForm, zone: TimeZone) => [
  ...Object.entries(texts.editor.fields).flatMap(([field, label]) => {
    if (field === "media") return []
    const name = field as Exclude<keyof typeof texts.editor.fields, "media">
    const time = timeFields.find((candidate) => candidate === name)
    if (time !== undefined) return isSameTime(mine[time], theirs[time], zone) ? [] : [{ label, text: theirs[time] }]
    return String(mine[name]).replace(/\r\n?/g, "\n").trim() === String(theirs[name]).trim()
      ? []
      : [{ label, text: String(theirs[name]) }]
  }),
  ...(JSON.stringify(mine.media) === JSON.stringify(theirs.media)
    ? []
    : [
        {
          label: texts.editor.fields.media,
          text: theirs.media.map(({ alt, url }) => (alt === "" ? url : `${url} (${alt})`)).join("\n")
        }
      ])
]

/**
 * Says that the post was changed elsewhere, shows the other version, and offers the choice between the two. The form
 * below holds the owner's version; saving it now overwrites the other.
 */
export const Conflict = ({
  form,
  newer,
  site
}: {
  readonly form: PostForm
  readonly newer: Post
  readonly site: Site
}): JSX.Element => {
  const differing = differences(form, formOf(newer, site.zone), site.zone)
  const { conflict } = texts.editor.edit
  return (
    <section class="notice warn conflict" role="alert" id="problems" tabIndex={-1} aria-labelledby="conflict-title">
      <Icon name="warning" />
      <p>
        <strong id="conflict-title">{conflict.title({ time: site.formatMinute(newer.updatedAt) })}</strong>{" "}
        {conflict.explanation}
      </p>
      <button type="submit" name="intent" value="update" class="btn">
        {conflict.mine}
      </button>
      <a class="btn quiet" href={`/admin/edit/${newer.id}`} data-discard>
        {conflict.theirs}
      </a>
      <details>
        <summary>{conflict.compare}</summary>
        {differing.length === 0 ? (
          <p>{conflict.identical}</p>
        ) : (
          <dl>
            {differing.map(({ label, text }) => (
              <div key={label}>
                <dt>{conflict.otherField({ label })}</dt>
                <dd>
                  {text === "" ? (
                    <em>{conflict.empty}</em>
                  ) : (
                    <pre class="kept" dir="auto" tabIndex={0}>
                      {text}
                    </pre>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </details>
    </section>
  )
}
