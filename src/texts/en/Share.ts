/** Texts of the page about posting from other places. */
export const share = {
  title: "Post from anywhere",
  lead: "Write about what you read without copying addresses.",
  bookmarklets: "In your browser",
  drag: "Drag a button to your bookmarks bar. On a page you want to write about, select a sentence if you like, then click the bookmark.",
  buttons: { post: "Post", reply: "Reply", like: "Like", bookmark: "Bookmark", quote: "Quote" },
  phone: "On your phone",
  install:
    "Add this site to your home screen: open it in your browser, then choose “Add to home screen” or “Install”. On Android, “Share” in other apps then offers it for texts, links and pictures.",
  apps: "With an app",
  micropub: "Any Micropub app can post here. Sign in to it with the address of this site:"
}
