import { Option } from "effect"
import type { JSX } from "preact"
import type { Progress } from "../../services/Backup.js"
import type { KeptBackup } from "../../services/BackupDirectory.js"
import { texts } from "../../texts/Texts.js"
import { confirmAddress } from "../http/ErrorResponse.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { backupsPath, dataPath } from "./Addresses.js"

/** What the page shows of the backups. */
export interface BackupsState {
  readonly keep: number
  /** Whether media are in an object store, and so not in the backups. */
  readonly withoutMedia: boolean
  /** Newest first; none if they cannot be read. */
  readonly list: Option.Option<ReadonlyArray<KeptBackup>>
  readonly underway: Option.Option<Progress>
  /** How the last one ended that was begun on the page since the start of the server. */
  readonly last: "none" | "made" | "failed"
}

/** Properties of the panel. */
export interface BackupsPanelProps {
  readonly site: Site
  /** None if the server keeps no backups. */
  readonly backups: Option.Option<BackupsState>
  readonly isProven: boolean
}

/** The state of backups: the last ones, one that is being made, and a button that makes one. */
export const BackupsPanel = ({ backups, isProven, site }: BackupsPanelProps): JSX.Element => (
  <section class="panel" aria-labelledby="backups">
    <h2 id="backups">{texts.data.backups.title}</h2>
    {Option.match(backups, {
      onNone: () => <Off />,
      onSome: (state) => <Kept state={state} isProven={isProven} site={site} />
    })}
  </section>
)

/** The owner need not be the operator, so the page names the setting and no more. */
const Off = (): JSX.Element => (
  <>
    <p>
      {texts.data.backups.off} <code>STARPUNK_BACKUP_DIRECTORY</code>.
    </p>
    <p class="quiet-text">{texts.data.backups.offHint}</p>
  </>
)

interface KeptProps extends Omit<BackupsPanelProps, "backups"> {
  readonly state: BackupsState
}

const Kept = ({ isProven, site, state: { keep, last, list, underway, withoutMedia } }: KeptProps): JSX.Element => (
  <>
    <p>{texts.data.backups.about(keep)}</p>
    {withoutMedia && <p>{texts.data.backups.withoutMedia}</p>}
    {Option.match(underway, {
      onNone: () => last !== "none" && <Notice>{texts.data.backups[last]}</Notice>,
      onSome: (progress) => <Underway progress={progress} site={site} />
    })}
    {Option.match(list, {
      onNone: () => <p>{texts.data.backups.unreadable}</p>,
      onSome: (found) => <Found found={found} isProven={isProven} site={site} />
    })}
    {isProven ? (
      Option.isNone(underway) && (
        <form method="post" action={backupsPath} class="actions">
          <button type="submit" class="btn">
            {texts.data.backups.make}
          </button>
        </form>
      )
    ) : (
      <p class="actions">
        <a class="btn" href={confirmAddress(dataPath)}>
          {texts.data.everything.confirm}
        </a>
        <span class="quiet-text">{texts.data.backups.confirmFirst}</span>
      </p>
    )}
  </>
)

const percentOf = ({ done, total }: Progress, { language }: Site): string =>
  total === 0 ? "" : new Intl.NumberFormat(language, { style: "percent" }).format(Math.min(1, done / total))

const Underway = ({ progress, site }: { readonly progress: Progress; readonly site: Site }): JSX.Element => {
  const { running, step, steps, working } = texts.data.backups
  const spoken = (Object.entries(steps).find(([name]) => name === progress.step) ?? ["", working])[1]
  return (
    <Notice>
      {running} {step(spoken, percentOf(progress, site))}{" "}
      <a href={`${dataPath}#backups`}>{texts.data.backups.refresh}</a>
    </Notice>
  )
}

const Found = ({
  found,
  isProven,
  site
}: Omit<KeptProps, "state"> & { readonly found: ReadonlyArray<KeptBackup> }): JSX.Element =>
  found.length === 0 ? (
    <p>{texts.data.backups.none}</p>
  ) : (
    <ul class="records">
      {found.map(({ bytes, createdAt, name }) => (
        <li key={name}>
          <div>
            <strong>
              <Time at={createdAt} site={site} />
            </strong>
            <small>{sizeOf(bytes, site)}</small>
          </div>
          {isProven && (
            <a
              class="btn"
              href={`${backupsPath}/${name}`}
              download
              aria-label={texts.data.backups.download(site.formatMinute(createdAt, site.zone.offsetAt(createdAt)))}
            >
              {texts.data.backups.downloadShort}
            </a>
          )}
        </li>
      ))}
    </ul>
  )

const units = ["kilobyte", "megabyte", "gigabyte"] as const

const sizeOf = (bytes: number, { language }: Site): string => {
  const place = Math.min(2, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3) - 1))
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[place] ?? "kilobyte",
    maximumFractionDigits: place === 0 ? 0 : 1
  }).format(bytes / 1000 ** (place + 1))
}
