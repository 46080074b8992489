// tus-js-client, fetched when the first file was chosen: most visits need none of it.
let loading = null;

export function library() {
  loading = loading || load();
  loading.catch(() => {
    loading = null; // tried again with the next attempt
  });
  return loading;
}

function load() {
  const { src } = document.querySelector("[data-upload-library]").dataset;
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => loaded(window.tus);
    script.onerror = () => failed(new Error("library"));
    document.head.append(script);
  });
}
