import type { JSX } from "preact"
import type { SiteValues } from "../../domain/site/SiteValues.js"
import type { FixedSettings } from "../../settings/ChosenSite.js"
import { texts } from "../../texts/Texts.js"
import { OwnerDocument } from "../theme/AdminPage.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { settingsScript } from "./Script.js"
import type { SettingsFault } from "./SectionForm.js"
import { type ControlAttributes, controlOf, Fault } from "./SettingsFields.js"
import { ZoneSelect } from "./ZoneSelect.js"

/** Address of the page after the passphrase. */
export const welcomePath = "/admin/welcome"

/** Path to which the page leads. */
export const afterWelcome = "/admin/new"

/** Properties of the page after the passphrase. */
export interface WelcomePageProps {
  readonly site: Site
  readonly values: Pick<SiteValues, "site" | "you">
  readonly revisions: { readonly site: number; readonly you: number }
  readonly fixed: (setting: keyof FixedSettings) => string | undefined
  readonly faults: ReadonlyArray<SettingsFault>
  /** Epoch milliseconds. */
  readonly now: number
}

/** "Make it yours": the names of owner and site, a tagline, the time zone and a photo. All of it may be skipped. */
export const WelcomePage = ({ faults, fixed, now, revisions, site, values }: WelcomePageProps): JSX.Element => (
  <OwnerDocument site={site} title={texts.settings.welcome.title} scripts={[settingsScript.path]}>
    <div class="welcome">
      <p class="steps">
        <i class="done" />
        <i class="done" />
        <i />
        {texts.settings.welcome.step}
      </p>
      <h1>{texts.settings.welcome.title}</h1>
      <p class="quiet-text">{texts.settings.welcome.later}</p>
      <form class="settings" method="post" action={welcomePath} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="site-based-on" value={revisions.site} />
        <input type="hidden" name="you-based-on" value={revisions.you} />
        <div class="card padded fields">
          {fixed("siteAuthor") === undefined && (
            <Labelled name="author" label={texts.settings.welcome.author} faults={faults}>
              {(control) => (
                <input {...control} value={values.you.name} maxlength={200} autocomplete="name" autofocus dir="auto" />
              )}
            </Labelled>
          )}
          {fixed("siteName") === undefined && (
            <Labelled name="name" label={texts.settings.welcome.name} faults={faults}>
              {(control) => (
                <input {...control} value={values.site.name} placeholder={site.name} maxlength={200} dir="auto" />
              )}
            </Labelled>
          )}
          {fixed("siteDescription") === undefined && (
            <Labelled name="tagline" label={texts.settings.welcome.tagline} faults={faults}>
              {(control) => (
                <textarea {...control} rows={2} maxlength={500} dir="auto">
                  {values.site.tagline}
                </textarea>
              )}
            </Labelled>
          )}
          {fixed("siteTimeZone") === undefined && (
            <Labelled name="timeZone" label={texts.settings.welcome.zone} faults={faults}>
              {(control) => (
                <ZoneSelect control={control} value={values.site.timeZone} now={now} site={site} proposes />
              )}
            </Labelled>
          )}
          <Labelled
            name="photo"
            label={texts.settings.welcome.photo}
            hint={texts.settings.welcome.photoHint}
            faults={faults}
          >
            {(control) => (
              <input {...control} type="file" accept="image/jpeg,image/png,image/webp,image/avif,image/gif" />
            )}
          </Labelled>
        </div>
        <div class="save">
          <button type="submit" class="button">
            {texts.settings.welcome.next}
          </button>
          <a href={afterWelcome}>{texts.settings.welcome.skip}</a>
        </div>
      </form>
      <p class="quiet-text">
        <Rich text={texts.settings.welcome.security} />
      </p>
    </div>
  </OwnerDocument>
)

const Labelled = ({
  children,
  faults,
  hint,
  label,
  name
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly faults: ReadonlyArray<SettingsFault>
  readonly children: (control: ControlAttributes) => JSX.Element
}): JSX.Element => {
  const { fault, ...control } = controlOf(name, faults, hint !== undefined)
  return (
    <div class="field">
      <label for={control.id}>{label}</label>
      {children(control)}
      {hint !== undefined && <small id={`${control.id}-hint`}>{hint}</small>}
      <Fault id={control.id} fault={fault} />
    </div>
  )
}
