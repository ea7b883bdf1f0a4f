import type { JSX } from "preact"
import { kindPaths } from "../../domain/posts/KindList.js"
import type { ListedKind } from "../../domain/posts/PostKind.js"
import type { Tag } from "../../domain/posts/Tag.js"
import { tagPath } from "../theme/EntryView.js"
import { listTitles } from "../theme/KindTexts.js"
import { Layout } from "../theme/Layout.js"
import type { Site } from "../theme/Site.js"
import { formats } from "./Format.js"
import { feedTexts } from "./Texts.js"

interface FeedPageProps {
  readonly site: Site
  /** Kinds that have posts. */
  readonly kinds: Iterable<ListedKind>
  /** Tags to offer feeds of. */
  readonly tags: ReadonlyArray<Tag>
}

/** The page at `/feed` for people: what a feed is, and the feeds of the site. */
export const FeedPage = ({ kinds, site, tags }: FeedPageProps): JSX.Element => {
  const [before, host, after] = feedTexts.alsoHost(new URL(site.url).host)
  const rows = [
    { title: feedTexts.everything, path: "" },
    ...[...kinds].map((kind) => ({ title: listTitles[kind], path: kindPaths[kind] })),
    ...tags.map(({ label, tag }) => ({ title: feedTexts.tag(label), path: tagPath(tag) }))
  ]
  return (
    <Layout site={site} title={feedTexts.title(site.name)} canonical={`${site.url}/feed`}>
      <header class="page-head">
        <h1>{feedTexts.title(site.name)}</h1>
        <p>{feedTexts.lead}</p>
        <div class="field big">
          <label class="unseen" for="feed-address">
            {feedTexts.address}
          </label>
          <input id="feed-address" readonly value={`${site.url}/feed`} />
        </div>
        <p class="muted small">
          {before}
          <b>{host}</b>
          {after}
        </p>
      </header>
      <section class="prose">
        <h2>{feedTexts.choose}</h2>
        <section class="scroll" tabIndex={0} aria-label={feedTexts.byKind}>
          <table>
            <thead>
              <tr>
                <th scope="col">{feedTexts.feed}</th>
                <th scope="col" colSpan={formats.length}>
                  {feedTexts.format}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ path, title }) => (
                <tr key={path}>
                  <th scope="row" dir="auto">
                    {title}
                  </th>
                  {formats.map(({ extension, mediaTypes: [type], name }) => (
                    <td key={extension}>
                      <a href={`${path}/feed.${extension}`} type={type} aria-label={`${title}, ${name}`}>
                        {name.replace(" Feed", "")}
                      </a>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <details>
          <summary>{feedTexts.what}</summary>
          <p>{feedTexts.explanation}</p>
        </details>
      </section>
    </Layout>
  )
}
