import { Option } from "effect"
import type { JSX } from "preact"
import type { PhotoState } from "../../services/OwnerPhoto.js"
import { texts } from "../../texts/Texts.js"
import { photoPath } from "../theme/Photo.js"

const accepted = "image/jpeg,image/png,image/webp,image/avif,image/gif"

/** The owner's photo: upload, crop, removal. Each is a form of its own, which keeps the form below as it is. */
export const PhotoFields = ({ photo }: { readonly photo: Option.Option<PhotoState> }): JSX.Element => (
  <div class="card rows photo">
    <div class="row">
      <div>
        <p class="label">{texts.settings.photo.label}</p>
        <small id="photo-hint">{texts.settings.photo.hint}</small>
      </div>
      <div class="photo-line">
        {Option.isSome(photo) && (
          <img
            class="face"
            src={`${photoPath}?${photo.value.version}`}
            width={72}
            height={72}
            alt={texts.settings.photo.alt}
          />
        )}
        <form method="post" action="/admin/settings/photo" enctype="multipart/form-data" class="photo-form">
          <input
            type="file"
            name="photo"
            accept={accepted}
            required
            aria-label={texts.settings.photo.choose}
            aria-describedby="photo-hint"
          />
          <button type="submit" class="button quiet small">
            {Option.isSome(photo) ? texts.settings.photo.change : texts.settings.photo.upload}
          </button>
        </form>
        {Option.isSome(photo) && (
          <form method="post" action="/admin/settings/photo/remove">
            <button type="submit" class="link-button">
              {texts.settings.photo.remove}
            </button>
          </form>
        )}
      </div>
    </div>
    {Option.isSome(photo) && <Crop photo={photo.value} />}
  </div>
)

const percent = (fraction: number): number => Math.round(fraction * 100)

/** The choice of the square. With script, the square is drawn over the picture; without, it is visible after saving. */
const Crop = ({ photo: { crop, version } }: { readonly photo: PhotoState }): JSX.Element => (
  <details class="crop">
    <summary>{texts.settings.photo.crop}</summary>
    <form method="post" action="/admin/settings/photo/crop" data-crop>
      <input type="hidden" name="version" value={version} />
      <div class="crop-view" hidden data-crop-view>
        <img src={`/admin/settings/photo?${version}`} alt="" loading="lazy" data-crop-picture />
      </div>
      <Slider name="x" label={texts.settings.photo.x} value={percent(crop.x)} least={0} most={100} />
      <Slider name="y" label={texts.settings.photo.y} value={percent(crop.y)} least={0} most={100} />
      <Slider name="zoom" label={texts.settings.photo.zoom} value={percent(crop.zoom)} least={100} most={400} />
      <button type="submit" class="button quiet small">
        {texts.settings.photo.save}
      </button>
    </form>
  </details>
)

const Slider = ({
  label,
  least,
  most,
  name,
  value
}: {
  readonly name: string
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
}): JSX.Element => (
  <label class="slider">
    <span>{label}</span>
    <input type="range" name={name} min={least} max={most} value={value} />
  </label>
)
