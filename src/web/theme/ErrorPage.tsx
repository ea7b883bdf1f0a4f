import type { ComponentChildren, JSX } from "preact"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { texts } from "../../texts/Texts.js"
import { failureWords } from "./FailureWords.js"
import { Layout } from "./Layout.js"
import { SearchForm } from "./SearchForm.js"
import { Advice, Sentence } from "./Sentence.js"
import type { Site } from "./Site.js"

/** Properties of an error page. It shows nothing of `operator`. */
export interface ErrorPageProps {
  readonly site: Site
  readonly info: Pick<ErrorInfo, "code" | "failure" | "message" | "status" | "suggestion" | "troubleshooting">
  /** Request id, to quote when contacting the owner. */
  readonly requestId?: string
}

/** Statuses of missing pages, which show a search form. */
const missing: ReadonlyArray<number> = [404, 410]

/** Heading of an error page: the error, and what to do next. */
export const ErrorHead = ({
  children,
  words
}: {
  readonly words: Pick<ErrorInfo, "message" | "suggestion">
  readonly children?: ComponentChildren
}): JSX.Element => (
  <header class="page-head">
    <h1>
      <Sentence text={words.message} />
    </h1>
    <p>
      <Sentence text={words.suggestion} ends />
    </p>
    {children}
  </header>
)

/** The page of a failure: what happened, and what to do next. */
export const ErrorPage = ({ info, requestId, site }: ErrorPageProps): JSX.Element => {
  const words = failureWords(info)
  return (
    <Layout site={site} title={words.message.replaceAll("`", "")}>
      <ErrorHead words={words}>{site.searchEnabled && missing.includes(info.status) && <SearchForm />}</ErrorHead>
      <div class="prose">
        <Advice steps={words.troubleshooting} />
        <p>
          <a href="/">{texts.theme.error.home}</a>
        </p>
      </div>
      <details class="tech">
        <summary>{texts.theme.error.details}</summary>
        <p class="meta">
          <span>{texts.theme.error.status({ status: info.status })}</span>
          <a href={`/errors/${info.code}`}>
            <code>{info.code}</code>
          </a>
          {requestId !== undefined && (
            <span>
              {texts.theme.error.request} <code>{requestId}</code>
            </span>
          )}
        </p>
      </details>
    </Layout>
  )
}
