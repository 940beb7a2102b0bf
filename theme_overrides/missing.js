/* On a page that was not found, below a path that the page does not know: the site's map says the rest.
   The page asks for this file at every depth, and where it is, there the site begins. */
(() => {
  const root = new URL(".", document.currentScript.src);
  if (root.pathname !== "/") location.replace(new URL("help/map/#lost", root));
})();
