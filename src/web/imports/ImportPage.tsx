import type { JSX } from "preact"
import type { ImportState } from "../../services/ImportDesk.js"
import { formatNumber } from "../../texts/Counted.js"
import { texts } from "../../texts/Texts.js"
import { importPath } from "../data/Addresses.js"
import { bytes } from "../metrics/Quantity.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { choicesPath } from "./Addresses.js"
import { ChoicesForm } from "./ChoicesForm.js"
import { FailurePanel } from "./FailurePanel.js"
import { Report } from "./Report.js"

/** Properties of the page. */
export interface ImportPageProps {
  readonly site: Site
  readonly state: ImportState
  readonly maxBytes: number
  /** Whether a form was sent without a file. */
  readonly lacksFile: boolean
}

/** `/admin/data/import`: the state of the import, and what can be done next. */
export const ImportPage = ({ lacksFile, maxBytes, site, state }: ImportPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.imports.title} section="data">
    <p>
      <a href="/admin/data">{texts.data.title}</a>
    </p>
    <h1>{texts.imports.title}</h1>
    <Body lacksFile={lacksFile} maxBytes={maxBytes} site={site} state={state} />
  </AdminLayout>
)

const Body = ({ lacksFile, maxBytes, site, state }: ImportPageProps): JSX.Element => {
  switch (state.step) {
    case "receiving":
    case "reading":
    case "importing":
      return <Underway state={state} site={site} />
    case "ready":
      return (
        <>
          <Report report={state.report} />
          <ChoicesForm report={state.report} choices={state.choices} />
        </>
      )
    case "done":
      return (
        <>
          <Done />
          <Report report={state.report} />
          <UploadForm maxBytes={maxBytes} title={texts.imports.result.another} />
        </>
      )
    case "failed":
      return (
        <>
          <FailurePanel state={state} />
          <UploadForm maxBytes={maxBytes} title={texts.imports.result.another} />
        </>
      )
    case "stopped":
      return (
        <>
          <Notice>{texts.imports.stopped({ name: state.name })}</Notice>
          <UploadForm maxBytes={maxBytes} title={texts.imports.open} />
        </>
      )
    case "none":
      return (
        <>
          <p>{texts.imports.about}</p>
          {state.isCutOff && <Notice>{texts.imports.cutOff}</Notice>}
          {lacksFile && <Notice>{texts.imports.none}</Notice>}
          <UploadForm maxBytes={maxBytes} title={texts.imports.open} />
        </>
      )
  }
}

const UploadForm = ({ maxBytes, title }: { readonly maxBytes: number; readonly title: string }): JSX.Element => (
  <section class="panel" aria-labelledby="upload">
    <h2 id="upload">{title}</h2>
    <form method="post" action={importPath} enctype="multipart/form-data" class="import-file">
      <p>
        <label for="import-file">{texts.imports.file.label}</label>
        <input
          id="import-file"
          type="file"
          name="file"
          required
          accept=".zip,.xml,.json,.md,.markdown,application/zip,text/xml,application/json,text/markdown"
          aria-describedby="import-file-hint"
        />
        <small class="hint quiet-text" id="import-file-hint">
          {texts.imports.file.hint({ size: bytes(maxBytes) })}
        </small>
      </p>
      <div class="actions">
        <button type="submit" class="button">
          {texts.imports.file.send}
        </button>
      </div>
    </form>
    <ul class="import-kinds">
      {texts.imports.file.kinds.map((kind) => (
        <li key={kind}>
          <Rich text={kind} />
        </li>
      ))}
    </ul>
    <p class="quiet-text">{texts.imports.file.safe}</p>
  </section>
)

type Running = Extract<ImportState, { readonly progress: unknown }>

/** How far it is: bytes as a share, posts and files by number. */
const spokenProgress = ({ progress: { done, step, total } }: Running, { language }: Site): string => {
  const { amount, share, steps, working } = texts.imports.progress
  const spoken = (Object.entries(steps).find(([name]) => name === step) ?? ["", working])[1]
  if (total === 0) return `${spoken} …`
  if (step === "Reading posts" || step === "Importing posts" || step === "Importing media") {
    return amount({
      step: spoken,
      done: formatNumber(language, Math.min(done, total)),
      total: formatNumber(language, total)
    })
  }
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(Math.min(1, done / total))
  return share({ step: spoken, percent })
}

const Underway = ({ site, state }: { readonly state: Running; readonly site: Site }): JSX.Element => (
  <section class="panel" aria-labelledby="underway">
    <h2 id="underway">{texts.imports.progress[state.step]({ name: state.name })}</h2>
    <p role="status">{spokenProgress(state, site)}</p>
    {state.progress.total > 0 && (
      <progress
        max={state.progress.total}
        value={Math.min(state.progress.done, state.progress.total)}
        aria-labelledby="underway"
      />
    )}
    <p class="quiet-text">
      {state.step === "receiving" ? texts.imports.progress.stay : texts.imports.progress.leave}{" "}
      <a href={importPath}>{texts.imports.progress.refresh}</a>
    </p>
    {state.step !== "receiving" && (
      <form method="post" action={choicesPath}>
        <button type="submit" class="button quiet" name="action" value="discard">
          {texts.imports.progress.stop}
        </button>
      </form>
    )}
  </section>
)

const Done = (): JSX.Element => (
  <Notice>
    <p>{texts.imports.result.again}</p>
    <p class="import-links">
      <a href="/admin/">{texts.imports.result.posts}</a> <a href="/admin/?state=draft">{texts.imports.result.drafts}</a>{" "}
      <a href="/">{texts.imports.result.site}</a>
    </p>
  </Notice>
)
