import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import { PageNotFound } from "../../errors/Address.js"
import { type CatalogueEntry, entries } from "../../errors/Catalogue.js"
import { texts } from "../../texts/Texts.js"
import { conditional } from "../http/Conditional.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { ErrorHead } from "../theme/ErrorPage.js"
import { failureWords } from "../theme/FailureWords.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { Advice, Sentence } from "../theme/Sentence.js"
import { site as currentSite, type Site } from "../theme/Site.js"

interface PageProps {
  readonly site: Site
}

/** Pages that explain error codes: the addresses in the `type` of problem documents. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const byCode = new Map(entries.map((entry) => [entry.info.code, entry]))

    yield* routes.add(
      publicPage,
      "GET",
      "/errors",
      Effect.flatMap(currentSite, (site) => conditional(pageResponse(<ListPage site={site} />)))
    )
    yield* routes.add(
      publicPage,
      "GET",
      "/errors/:code",
      Effect.gen(function* () {
        const { code = "" } = yield* HttpLayerRouter.params
        const entry = byCode.get(code)
        if (entry === undefined) return yield* new PageNotFound()
        return yield* conditional(pageResponse(<CodePage site={yield* currentSite} entry={entry} />))
      })
    )
  })
)

const ListPage = ({ site }: PageProps): JSX.Element => (
  <Layout site={site} title={texts.errors.title} canonical={`${site.url}/errors`}>
    <header class="page-head">
      <h1>{texts.errors.title}</h1>
      <p>{texts.errors.lead}</p>
    </header>
    <dl class="prose">
      {entries.map(({ info }) => (
        <>
          <dt>
            <a href={`/errors/${info.code}`}>
              <code>{info.code}</code>
            </a>
          </dt>
          <dd>
            <Sentence text={failureWords(info).message} />
          </dd>
        </>
      ))}
    </dl>
  </Layout>
)

const verdictText = ({ fault, retryable }: CatalogueEntry["info"]): string =>
  texts.errors.verdicts[`${fault}${retryable ? "Later" : ""}`]

const CodePage = ({ entry: { info }, site }: PageProps & { readonly entry: CatalogueEntry }): JSX.Element => {
  const words = failureWords(info)
  return (
    <Layout site={site} title={words.message} canonical={`${site.url}/errors/${info.code}`}>
      <ErrorHead words={words} />
      <div class="prose">
        <Advice steps={words.troubleshooting} />
        <p>{verdictText(info)}</p>
      </div>
      <p class="meta tech">
        <code>{info.code}</code> <span>{texts.errors.httpStatus({ status: info.status })}</span>{" "}
        <a href="/errors">{texts.errors.all}</a>
      </p>
    </Layout>
  )
}
