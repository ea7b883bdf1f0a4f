import { Option } from "effect"
import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { Icon } from "./Icon.js"
import type { Site } from "./Site.js"

/** Properties of the author's line. */
export interface AuthorProps {
  readonly site: Site
  /** Title of the post, for the subject of an e-mail. */
  readonly title: string | undefined
}

/** The author after a post, and how to follow the site: the h-card of the entry's author. */
export const Author = ({ site, title }: AuthorProps): JSX.Element => (
  <div class="author">
    <div class="p-author h-card">
      {Option.isSome(site.photo) && (
        <img class="u-photo" src={site.photo.value.url} width={56} height={56} alt="" loading="lazy" />
      )}
      <p>
        <a class="p-name u-url" href={site.home} rel="author" dir="auto">
          {site.author}
        </a>
        {site.bio !== "" && (
          <>
            {" "}
            <span class="p-note" dir="auto">
              {site.bio}
            </span>
          </>
        )}
      </p>
    </div>
    <p class="actions">
      <a class="btn primary" href="/feed">
        <Icon name="feed" />
        {texts.theme.entry.subscribe}
      </a>
      {Option.isSome(site.email) && (
        <a class="btn" href={`mailto:${site.email.value}${subjectOf(title)}`}>
          <Icon name="mail" />
          {texts.theme.entry.replyByMail}
        </a>
      )}
    </p>
  </div>
)

const subjectOf = (title: string | undefined): string =>
  title === undefined ? "" : `?subject=${encodeURIComponent(title)}`
