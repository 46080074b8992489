// htmx, once a part of the page asks the server again by itself: before a file has
// arrived there is none, and its upload comes first.
const { src } = document.querySelector("template[data-htmx]").dataset;
let isAsked = false;

document.addEventListener("page:shown", ask);
ask();

function ask() {
  if (isAsked || !document.querySelector("[hx-get], [hx-post]")) return;
  isAsked = true;
  // It begins at once only in a page that has loaded.
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
}

function load() {
  const script = document.createElement("script");
  script.src = src;
  document.body.append(script);
}
