import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { confirmAddress } from "../http/ErrorResponse.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { archivePath, dataPath, importPath } from "./Addresses.js"
import { BackupsPanel, type BackupsPanelProps } from "./BackupsPanel.js"

/** Properties of the page. */
export interface DataPageProps {
  readonly site: Site
  /** Whether the session has recent authentication, without which nothing can be downloaded. */
  readonly isProven: boolean
  readonly backups: BackupsPanelProps["backups"]
}

/** `/admin/data`: what the owner can do with the site's data. */
export const DataPage = ({ backups, isProven, site }: DataPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.data.title} section="data">
    <h1>{texts.data.title}</h1>
    <p>{texts.data.lead}</p>
    <EverythingPanel isProven={isProven} />
    <ImportPanel />
    <BackupsPanel site={site} backups={backups} isProven={isProven} />
  </AdminLayout>
)

const ImportPanel = (): JSX.Element => (
  <section class="panel" aria-labelledby="import">
    <h2 id="import">{texts.imports.title}</h2>
    <p>{texts.imports.about}</p>
    <p class="actions">
      <a class="btn" href={importPath}>
        {texts.imports.open}
      </a>
    </p>
  </section>
)

const EverythingPanel = ({ isProven }: Pick<DataPageProps, "isProven">): JSX.Element => (
  <section class="panel" aria-labelledby="everything">
    <h2 id="everything">{texts.data.everything.title}</h2>
    <p>{texts.data.everything.about}</p>
    <p class="quiet-text">{texts.data.everything.without}</p>
    {isProven ? (
      <p class="actions">
        <a class="btn primary" href={archivePath} download>
          {texts.data.everything.button}
        </a>
      </p>
    ) : (
      <p class="actions">
        <a class="btn primary" href={confirmAddress(dataPath)}>
          {texts.data.everything.confirm}
        </a>
        <span class="quiet-text">{texts.data.everything.confirmFirst}</span>
      </p>
    )}
  </section>
)
