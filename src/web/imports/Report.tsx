import type { ComponentChildren, JSX } from "preact"
import type { BrokenEntry, FileGroup, ImportReport } from "../../services/Import.js"
import { texts } from "../../texts/Texts.js"

/** Names that are shown of a group. */
const examples = 3

/** A line with a count, and what it means. */
const Line = ({
  children,
  strong
}: {
  readonly strong: string
  readonly children?: ComponentChildren
}): JSX.Element => (
  <li>
    <div>
      <strong>{strong}</strong>
      {children !== undefined && children !== "" && <small>{children}</small>}
    </div>
  </li>
)

const Lines = ({ children, title }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element => (
  <>
    <h3>{title}</h3>
    <ul class="records">{children}</ul>
  </>
)

/** The first names of a group and how many there are beside them. The names are those of the old site. */
const Names = ({ count, files }: Pick<FileGroup, "count" | "files">): JSX.Element => {
  const shown = files.slice(0, examples)
  return <bdi>{texts.imports.report.examples({ names: shown.join(", "), rest: count - shown.length })}</bdi>
}

const sum = (groups: ReadonlyArray<FileGroup>): number => groups.reduce((total, { count }) => total + count, 0)

const together = (groups: ReadonlyArray<FileGroup>): Pick<FileGroup, "count" | "files"> => ({
  count: sum(groups),
  files: groups.flatMap(({ files }) => files.slice(0, examples))
})

/** Groups items by a key, in order of first occurrence. */
const grouped = <A, K>(
  items: ReadonlyArray<A>,
  keyOf: (item: A) => K
): ReadonlyArray<readonly [K, ReadonlyArray<A>]> => {
  const groups = new Map<K, Array<A>>()
  for (const item of items) {
    const known = groups.get(keyOf(item))
    if (known === undefined) groups.set(keyOf(item), [item])
    else known.push(item)
  }
  return [...groups]
}

type Problem = keyof typeof texts.imports.report.problem

const problemOf = ({ failure }: BrokenEntry): Problem => {
  switch (failure._tag) {
    case "ImportMediaMissing":
      return "media_missing"
    case "ImportMediaRefused":
      return "media_refused"
    case "ImportSlugTaken":
      return "slug_taken"
    default:
      return "unreadable"
  }
}

const nameOfProblem = ({ failure, file }: BrokenEntry): string =>
  failure._tag === "ImportMediaMissing" || failure._tag === "ImportMediaRefused"
    ? `${file} (${failure.reference})`
    : file

const Counts = ({ report }: { readonly report: ImportReport }): JSX.Element => {
  const { dryRun, media, oldAddresses, posts, remote } = report
  const words = texts.imports.report
  const articles = posts.stored - posts.pages
  const withheld = (["drafts", "private", "unlisted", "scheduled"] as const).flatMap((name) =>
    posts[name] === 0 ? [] : [words[name]({ count: posts[name] })]
  )
  const hosts = remote.hosts.join(", ")
  const kept = remote.named - remote.fetched
  return (
    <ul class="records">
      {articles > 0 && (
        <Line strong={words.posts({ count: articles })}>
          {withheld.length === 0 ? words.allPublic : withheld.join(" · ")}
        </Line>
      )}
      {posts.pages > 0 && <Line strong={words.pages({ count: posts.pages })} />}
      {media.stored > 0 && <Line strong={words.media({ count: media.stored })} />}
      {remote.fetched > 0 && <Line strong={words.fetched({ count: remote.fetched })} />}
      {kept > 0 && (
        <Line strong={words.remote({ count: kept, hosts })}>
          {dryRun
            ? words.remotePlanned
            : remote.failed > 0
              ? words.notFetched({ count: remote.failed })
              : words.remoteStay}
        </Line>
      )}
      {oldAddresses > 0 && <Line strong={words.addresses({ count: oldAddresses })}>{words.addressesLead}</Line>}
      {posts.present > 0 && <Line strong={words.present({ count: posts.present })}>{words.presentStay}</Line>}
    </ul>
  )
}

const Withheld = ({ report: { notPublic } }: { readonly report: ImportReport }): JSX.Element => (
  <Lines title={texts.imports.report.notPublic}>
    {notPublic.map((group) => (
      <Line
        key={`${group.reason} ${group.why}`}
        strong={texts.imports.report.levels[group.reason as "draft" | "private" | "unlisted"] ?? group.reason}
      >
        <Names {...group} /> (<span lang="en">{group.why}</span>)
      </Line>
    ))}
  </Lines>
)

const HeldBack = ({ report: { heldBack } }: { readonly report: ImportReport }): JSX.Element => (
  <>
    <Lines title={texts.imports.report.heldBack}>
      {grouped(heldBack, ({ reason }) => reason).map(([reason, groups]) => (
        <Line
          key={reason}
          strong={texts.imports.report.reasons[reason as keyof typeof texts.imports.report.reasons] ?? reason}
        >
          <Names {...together(groups)} />
        </Line>
      ))}
    </Lines>
    <p class="quiet-text">{texts.imports.report.heldBackAbout}</p>
  </>
)

const Problems = ({ report: { brokenEntries } }: { readonly report: ImportReport }): JSX.Element => (
  <Lines title={texts.imports.report.problems}>
    {grouped(brokenEntries, problemOf).map(([problem, entries]) => (
      <Line key={problem} strong={texts.imports.report.problem[problem]}>
        <Names count={entries.length} files={entries.slice(0, examples).map(nameOfProblem)} />
      </Line>
    ))}
  </Lines>
)

/** Remarks that need no decision. */
const Remarks = ({ report }: { readonly report: ImportReport }): JSX.Element | null => {
  const { constructs, deadLinks, notes, passedOver, renamed } = report
  const words = texts.imports.report
  const hidden = constructs.filter(({ reason }) => reason === "hidden")
  const fields = notes.filter(({ reason }) => reason === "field_left_out")
  if (deadLinks.length + renamed.length + hidden.length + passedOver.length + fields.length === 0) return null
  return (
    <Lines title={words.more}>
      {renamed.length > 0 && (
        <Line strong={words.renamed({ count: renamed.length })}>
          <Names count={renamed.length} files={renamed.map(({ from, to }) => `${from} → ${to}`)} />
        </Line>
      )}
      {deadLinks.length > 0 && (
        <Line strong={words.deadLinks({ count: sum(deadLinks) })}>
          <Names {...together(deadLinks)} />
        </Line>
      )}
      {hidden.length > 0 && (
        <Line strong={words.hidden({ count: sum(hidden) })}>
          <span lang="en">{hidden.map(({ why }) => why.split(" ", 1)[0]).join(" ")}</span>
        </Line>
      )}
      {fields.length > 0 && (
        <Line strong={words.fields}>
          <bdi>{fields.map(({ count, why }) => `${why} (${count})`).join(", ")}</bdi>
        </Line>
      )}
      {passedOver.length > 0 && (
        <Line strong={words.passedOver({ count: sum(passedOver) })}>
          <span lang="en">{passedOver.map(({ count, why }) => `${why} (${count})`).join("; ")}</span>
        </Line>
      )}
    </Lines>
  )
}

/** What an import would bring in or brought in, and what not, by reason with examples. */
export const Report = ({ report }: { readonly report: ImportReport }): JSX.Element => {
  const { brokenEntries, dryRun, heldBack, media, notPublic, posts } = report
  const words = texts.imports.report
  return (
    <section class="panel import-report" aria-labelledby="report">
      <h2 id="report">{dryRun ? words.planned : words.done}</h2>
      {posts.stored + media.stored === 0 && <p>{words.nothing}</p>}
      <Counts report={report} />
      {notPublic.length > 0 && <Withheld report={report} />}
      {heldBack.length > 0 && <HeldBack report={report} />}
      {brokenEntries.length > 0 && <Problems report={report} />}
      <Remarks report={report} />
    </section>
  )
}
