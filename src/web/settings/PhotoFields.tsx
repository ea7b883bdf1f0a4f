import { Option } from "effect"
import type { JSX } from "preact"
import type { PhotoState } from "../../services/OwnerPhoto.js"
import { photoPath } from "../theme/Photo.js"

const accepted = "image/jpeg,image/png,image/webp,image/avif,image/gif"

/** The owner's photo: upload, crop, removal. Each is a form of its own, which keeps the form below as it is. */
export const PhotoFields = ({ photo }: { readonly photo: Option.Option<PhotoState> }): JSX.Element => (
  <div class="card rows photo">
    <div class="row">
      <div>
        <p class="label">Photo</p>
        <small id="photo-hint">JPEG, PNG, WebP, AVIF or GIF. Location data is removed.</small>
      </div>
      <div class="photo-line">
        {Option.isSome(photo) && (
          <img
            class="face"
            src={`${photoPath}?${photo.value.version}`}
            width={72}
            height={72}
            alt="Your photo, as your site shows it"
          />
        )}
        <form method="post" action="/admin/settings/photo" enctype="multipart/form-data" class="photo-form">
          <input
            type="file"
            name="photo"
            accept={accepted}
            required
            aria-label="New photo"
            aria-describedby="photo-hint"
          />
          <button type="submit" class="button quiet small">
            {Option.isSome(photo) ? "Change photo" : "Upload photo"}
          </button>
        </form>
        {Option.isSome(photo) && (
          <form method="post" action="/admin/settings/photo/remove">
            <button type="submit" class="link-button">
              Remove photo
            </button>
          </form>
        )}
      </div>
    </div>
    {Option.isSome(photo) && <Crop photo={photo.value} />}
  </div>
)

const percent = (fraction: number): number => Math.round(fraction * 100)

/** The choice of the square. The script shows it in the picture; without, it is seen after saving. */
const Crop = ({ photo: { crop, version } }: { readonly photo: PhotoState }): JSX.Element => (
  <details class="crop">
    <summary>Crop</summary>
    <form method="post" action="/admin/settings/photo/crop" data-crop>
      <input type="hidden" name="version" value={version} />
      <div class="crop-view" hidden data-crop-view>
        <img src={`/admin/settings/photo?${version}`} alt="" loading="lazy" data-crop-picture />
      </div>
      <Slider name="x" label="Left to right" value={percent(crop.x)} least={0} most={100} />
      <Slider name="y" label="Top to bottom" value={percent(crop.y)} least={0} most={100} />
      <Slider name="zoom" label="Closer" value={percent(crop.zoom)} least={100} most={400} />
      <button type="submit" class="button quiet small">
        Save crop
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
