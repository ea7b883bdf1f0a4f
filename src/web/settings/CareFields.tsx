import { Option } from "effect"
import type { JSX } from "preact"
import { isNewer } from "../../domain/updates/Release.js"
import { texts } from "../../texts/Texts.js"
import { version } from "../../version.js"
import { Rich } from "../theme/Rich.js"
import { NewerLine } from "../updates/NewerLine.js"
import type { SectionProps } from "./SectionProps.js"
import { controlId } from "./SettingsFields.js"

/** Fields that turn on what is off until the owner wants it. Each says what is stored and sent. */
export const CareFields = (props: SectionProps<"care">): JSX.Element => (
  <>
    <fieldset class="card padded">
      <legend>{texts.settings.care.views}</legend>
      <label class="check">
        <input
          type="checkbox"
          id={controlId("countViews")}
          name="countViews"
          checked={props.value.countViews}
          aria-describedby="count-views-hint"
        />
        <span>{texts.settings.care.countViews}</span>
      </label>
      <small id="count-views-hint">{texts.settings.care.countViewsHint}</small>
      {props.value.countViews && (
        <p>
          <a href="/admin/views">{texts.settings.care.seeViews}</a>
        </p>
      )}
    </fieldset>
    <Updates {...props} />
  </>
)

/** The update check, if the server has an address to ask. */
const Updates = ({ site, updates, value }: SectionProps<"care">): JSX.Element => (
  <fieldset class="card padded">
    <legend>{texts.updates.title}</legend>
    {updates === undefined ? (
      <p>
        {texts.updates.missing} <code>STARPUNK_UPDATE_URL</code>
      </p>
    ) : (
      <>
        <label class="check">
          <input
            type="checkbox"
            id={controlId("checkUpdates")}
            name="checkUpdates"
            checked={value.checkUpdates}
            aria-describedby="check-updates-hint"
          />
          <span>{texts.updates.check}</span>
        </label>
        <small id="check-updates-hint">
          <Rich text={texts.updates.hint} values={{ address: <bdi class="address">{updates.url}</bdi> }} />
        </small>
        {value.checkUpdates && <LastCheck check={updates.last} site={site} />}
      </>
    )}
  </fieldset>
)

const LastCheck = ({
  check,
  site
}: {
  readonly check: NonNullable<SectionProps<"care">["updates"]>["last"]
  readonly site: SectionProps<"care">["site"]
}): JSX.Element => {
  if (Option.isNone(check)) return <p>{texts.updates.never}</p>
  const { checkedAt, isRead, release } = check.value
  const newer = Option.filter(release, (found) => isNewer(found, version))
  const time = site.formatMinute(checkedAt)
  return (
    <>
      {Option.isSome(newer) && <NewerLine release={newer.value} />}
      {!isRead && <p>{texts.updates.failed({ time })}</p>}
      {isRead && Option.isNone(newer) && <p>{texts.updates.current({ running: version, time })}</p>}
    </>
  )
}
