import type { ComponentChildren, JSX } from "preact"
import { type SectionName, type SiteValues, sectionNames } from "../../domain/site/SiteValues.js"
import { texts } from "../../texts/Texts.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import { CareFields } from "./CareFields.js"
import { FooterFields } from "./FooterFields.js"
import { HomeFields } from "./HomeFields.js"
import { LookFields } from "./LookFields.js"
import { MenuFields } from "./MenuFields.js"
import { settingsScript } from "./Script.js"
import type { SettingsFault } from "./SectionForm.js"
import type { SectionProps } from "./SectionProps.js"
import { controlId } from "./SettingsFields.js"
import { SiteFields } from "./SiteFields.js"
import { YouFields } from "./YouFields.js"

/** The address of a section's page. */
export const sectionPath = (section: SectionName): `/${string}` =>
  section === "site" ? "/admin/settings" : `/admin/settings/${section}`

const fieldsOf: { readonly [Name in SectionName]: (props: SectionProps<Name>) => JSX.Element } = {
  site: SiteFields,
  you: YouFields,
  menu: MenuFields,
  home: HomeFields,
  footer: FooterFields,
  look: LookFields,
  care: CareFields
}

/** Properties of a section's page. */
export interface SettingsPageProps<Name extends SectionName> extends SectionProps<Name> {
  readonly section: Name
  readonly basedOn: number
  readonly isSaved?: boolean
  /** The values that were saved elsewhere in the meantime. */
  readonly newer?: SiteValues[Name] | undefined
  /** Content above the section's form. */
  readonly before?: ComponentChildren
}

/** The page of a section: its form, which is saved as a whole. */
export const SettingsPage = <Name extends SectionName>({
  basedOn,
  before,
  isSaved = false,
  newer,
  section,
  ...props
}: SettingsPageProps<Name>): JSX.Element => {
  const Fields: (props: SectionProps<Name>) => JSX.Element = fieldsOf[section]
  const { faults, site, value } = props
  return (
    <AdminLayout site={site} title={texts.settings.page.title} section="settings" scripts={[settingsScript.path]}>
      <h1>{texts.settings.page.title}</h1>
      <nav class="tabs" aria-label={texts.settings.page.title}>
        {sectionNames.map((name) => (
          <a key={name} href={sectionPath(name)} {...(name === section && { "aria-current": "page" as const })}>
            {texts.settings.sections[name]}
          </a>
        ))}
        <a href="/admin/share">{texts.settings.page.share}</a>
      </nav>
      {isSaved && <Notice>{texts.settings.page.saved}</Notice>}
      <Problems faults={faults} />
      {newer !== undefined && <Conflict section={section} mine={value} theirs={newer} />}
      <div class="settings">
        <h2>{texts.settings.sections[section]}</h2>
        {before}
        <form method="post" action={sectionPath(section)} novalidate>
          {/* Enter in a field saves, although other buttons stand before Save. */}
          <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true">
            {texts.settings.page.save}
          </button>
          <input type="hidden" name="based-on" value={basedOn} />
          <Fields {...props} />
          <div class="save">
            <button type="submit" class="button">
              {texts.settings.page.save}
            </button>
          </div>
        </form>
      </div>
    </AdminLayout>
  )
}

const Problems = ({ faults }: { readonly faults: ReadonlyArray<SettingsFault> }): JSX.Element | null =>
  faults.length === 0 ? null : (
    <div class="alert" role="alert">
      <strong>{texts.settings.page.faults(faults.length)}</strong>
      <p>{texts.settings.page.unsaved}</p>
      <ul>
        {faults.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${controlId(field)}`} dir="auto">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )

const isText = (value: unknown): value is string => typeof value === "string"

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A value of a field as text, one line for each item of a list. */
const shown = (value: unknown): string => {
  if (isText(value)) return value
  if (Array.isArray(value)) return value.map(shown).join("\n")
  return isRecord(value) ? Object.values(value).map(shown).join(" ").trim() : String(value)
}

const Conflict = <Name extends SectionName>({
  mine,
  section,
  theirs
}: {
  readonly section: Name
  readonly mine: SiteValues[Name]
  readonly theirs: SiteValues[Name]
}): JSX.Element => {
  const own: Readonly<Record<string, unknown>> = { ...mine }
  const differing = Object.entries(theirs).filter(([name, value]) => shown(value) !== shown(own[name]))
  return (
    <section class="alert conflict" role="alert" aria-labelledby="conflict-title">
      <strong id="conflict-title">{texts.settings.page.conflict}</strong>
      <p>{texts.settings.page.conflictAdvice}</p>
      <dl>
        {differing.map(([name, value]) => (
          <div key={name}>
            <dt>
              {(texts.settings.fields as Readonly<Record<string, string>>)[`${section}.${name}`] ?? name}:{" "}
              {texts.settings.page.others}
            </dt>
            <dd>
              {shown(value) === "" ? (
                <em>{texts.settings.page.empty}</em>
              ) : (
                <pre class="kept" dir="auto" tabIndex={0}>
                  {shown(value)}
                </pre>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={sectionPath(section)}>{texts.settings.page.useOthers}</a>
      </p>
    </section>
  )
}
