/** Path of the owner's photo, for h-cards, feeds and profiles. */
export const photoPath = "/photo.jpg"

/** Path of the same as an icon, which phones request without reading a page. */
export const iconPath = "/apple-touch-icon.png"
